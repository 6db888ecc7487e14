using System.Text.Json;
using AgentScaler.Datasets.Writers;
using AgentScaler.Json;

namespace AgentScaler.Datasets;

/// <summary>A dataset's card on disk.</summary>
public static class DatasetCardFile
{
    private const string Name = "dataset/README.md";

    /// <summary>Brings the head's <c>configs</c> up to date with the formats that the folder has, and the manifest with the card.</summary>
    /// <param name="dataset">A campaign's folder, or the <c>dataset</c> folder in it.</param>
    /// <exception cref="DatasetException">There is no dataset, or no card, or it has no head with <c>configs</c>.</exception>
    public static async Task<DatasetCardFormats> RefreshAsync(string dataset, CancellationToken cancellationToken)
    {
        var root = DatasetRows.FindRoot(dataset);
        var manifest = await DatasetManifestFile.ReadAsync(root, cancellationToken);
        var path = Path.Combine(root, "dataset", "README.md");
        if (!File.Exists(path))
        {
            throw new DatasetException($"'{path}' does not exist: expected the dataset's card");
        }

        var (formats, stale) = Part(await FormatsAsync(root, cancellationToken), manifest);
        var paths = manifest.Files.Select(file => file.Path).Concat(formats.SelectMany(format => format.Files).Select(file => file.Path)).Distinct(StringComparer.Ordinal);
        var text = DatasetCardRevision.WithConfigs(await File.ReadAllTextAsync(path, cancellationToken), paths)
            ?? throw new DatasetException($"{path}: expected a head that ends in '---' with a line 'configs:', found none: the formats have no place there");
        var card = await DatasetFileWriter.WriteAsync(path, Name, text, cancellationToken);
        var listed = manifest.Files.FirstOrDefault(file => file.Path == Name);
        await DatasetManifestFile.WriteAsync(
            root,
            manifest with { Files = [.. manifest.Files.Where(file => file.Path != Name), card with { Artifact = listed?.Artifact ?? card.Artifact }] },
            cancellationToken);
        return new DatasetCardFormats([.. formats.Select(format => format.Format)], [.. stale.Select(format => format.Format)]);
    }

    /// <summary>Formats made from the dataset's files as they are, and others.</summary>
    private static (List<ExportManifest> Current, List<ExportManifest> Stale) Part(List<ExportManifest> formats, DatasetManifest manifest)
    {
        var current = formats.ToLookup(format => format.Sources.All(manifest.Files.Contains));
        return ([.. current[true]], [.. current[false]]);
    }

    /// <summary>The formats below <c>dataset/</c>, by their manifests.</summary>
    private static async Task<List<ExportManifest>> FormatsAsync(string root, CancellationToken cancellationToken)
    {
        var found = new List<ExportManifest>();
        foreach (var format in DatasetFormat.All.OrderBy(format => format.Name, StringComparer.Ordinal))
        {
            var file = Path.Combine([root, .. ExportManifest.PathOf(format.Name).Split('/')]);
            if (!File.Exists(file))
            {
                continue;
            }

            try
            {
                await using var stream = File.OpenRead(file);
                found.Add(await JsonSerializer.DeserializeAsync<ExportManifest>(stream, ArtifactJson.Options, cancellationToken) ?? throw new JsonException("found null"));
            }
            catch (JsonException e)
            {
                throw new DatasetException($"{file}: {e.Path ?? "$"}: expected a format's manifest: {e.Message}");
            }
        }

        return found;
    }
}
