using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Datasets;

/// <summary>A dataset's manifest on disk.</summary>
internal static class DatasetManifestFile
{
    /// <summary>Reads it.</summary>
    /// <param name="root">The folder that holds <c>dataset/</c>.</param>
    /// <exception cref="DatasetException">It is none.</exception>
    public static async Task<DatasetManifest> ReadAsync(string root, CancellationToken cancellationToken)
    {
        var path = PathOf(root);
        try
        {
            await using var stream = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<DatasetManifest>(stream, ArtifactJson.Options, cancellationToken) ?? throw new JsonException("found null");
        }
        catch (JsonException e)
        {
            throw new DatasetException($"{path}: {e.Path ?? "$"}: expected a manifest: {e.Message}");
        }
    }

    /// <summary>Writes it, its files sorted.</summary>
    public static Task WriteAsync(string root, DatasetManifest manifest, CancellationToken cancellationToken) => DatasetFileWriter.WriteAsync(
        PathOf(root),
        "dataset/" + DatasetManifest.FileName,
        CanonicalJson.Serialize(manifest with { Files = [.. manifest.Files.OrderBy(file => file.Path, StringComparer.Ordinal)] }) + "\n",
        cancellationToken);

    private static string PathOf(string root) => Path.Combine(root, "dataset", DatasetManifest.FileName);
}
