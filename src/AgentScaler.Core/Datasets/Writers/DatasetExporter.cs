using System.Text;
using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Datasets.Writers;

/// <summary>Writes a dataset in its consumers' formats. Records stream by; a format that is there already, made from the same files, is left as it is.</summary>
/// <param name="dataset">The dataset's manifest.</param>
/// <param name="progress">Told now and then how far it is, or null.</param>
public sealed class DatasetExporter(IExportPlace place, DatasetManifest dataset, IProgress<CountProgress>? progress)
{
    private const int ReportEvery = 500;

    /// <summary>Writes one format, its manifest last.</summary>
    /// <exception cref="StoreException">A file can't be read or written, is not the one the dataset's manifest names, or has a line that is no record.</exception>
    public async Task<ExportOutcome> WriteAsync(DatasetFormat format, CancellationToken cancellationToken)
    {
        var sources = new SortedDictionary<string, DatasetFile>(StringComparer.Ordinal);
        var leftOut = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in format.Files.OfType<ExportFile.Rows>())
        {
            if (dataset.Files.FirstOrDefault(source => source.Path == file.Input.Path) is { } source)
            {
                sources[source.Path] = source;
            }
            else
            {
                leftOut[file.Name] = file.Input.Path;
            }
        }

        var earlier = await ReadAsync(format, cancellationToken);
        if (sources.Count == 0)
        {
            await ClearAsync(format, earlier, format.Files.Select(file => file.Name), cancellationToken);
            return new ExportOutcome(format.Name, null, UpToDate: false, leftOut.Values.First());
        }

        if (earlier is not null && await IsUpToDateAsync(format, earlier, sources.Values, cancellationToken))
        {
            return new ExportOutcome(format.Name, earlier, UpToDate: true, null);
        }

        await ClearAsync(format, earlier, leftOut.Keys, cancellationToken);
        var files = new List<DatasetFile>();
        var losses = new List<ExportLoss>();
        foreach (var file in format.Files.Where(file => !leftOut.ContainsKey(file.Name)))
        {
            var path = $"dataset/{format.Name}/{file.Name}";
            files.Add(file switch
            {
                ExportFile.Fixed known => await WriteAsync(path, known, cancellationToken),
                ExportFile.Rows rows => await WriteAsync(format, path, rows, sources[rows.Input.Path], losses, cancellationToken),
                _ => throw new InvalidOperationException($"unknown kind of file '{file.Name}'"),
            });
        }

        var manifest = new ExportManifest
        {
            About = dataset.About,
            Format = format.Name,
            Consumer = format.Consumer,
            Version = DatasetFormat.Version,
            Name = dataset.Name,
            Licences = dataset.Licences,
            Sources = [.. sources.Values],
            Files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)],
            Losses = losses,
            LeftOut = leftOut,
            Notes = format.Notes,
        };
        await place.WriteAsync(
            ExportManifest.PathOf(format.Name),
            async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(CanonicalJson.Serialize(manifest) + "\n"), token),
            cancellationToken);
        return new ExportOutcome(format.Name, manifest, UpToDate: false, null);
    }

    /// <summary>Removes the manifest first, so that no old one stands beside new rows, then the files that the new one will not list.</summary>
    private async Task ClearAsync(DatasetFormat format, ExportManifest? earlier, IEnumerable<string> leftOut, CancellationToken cancellationToken)
    {
        await place.DeleteAsync(ExportManifest.PathOf(format.Name), cancellationToken);
        var prefix = $"dataset/{format.Name}/";
        var listed = (earlier?.Files ?? []).Where(file => file.Path.StartsWith(prefix, StringComparison.Ordinal)).Select(file => file.Path[prefix.Length..])
            .Where(name => name is not ("" or "." or "..") && name.IndexOfAny(['/', '\\']) < 0 && !format.Files.Any(file => file.Name == name));
        foreach (var name in leftOut.Concat(listed))
        {
            await place.DeleteAsync(prefix + name, cancellationToken);
        }
    }

    /// <summary>The manifest of an earlier export; null if there is none that can be read.</summary>
    private async Task<ExportManifest?> ReadAsync(DatasetFormat format, CancellationToken cancellationToken)
    {
        await using var stream = await place.OpenWrittenAsync(ExportManifest.PathOf(format.Name), cancellationToken);
        if (stream is null)
        {
            return null;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<ExportManifest>(stream, ArtifactJson.Options, cancellationToken);
        }
        catch (JsonException)
        {
            // Whatever it is, it is made anew.
            return null;
        }
    }

    /// <summary>Whether an export is of this dataset and version and its files have their sizes.</summary>
    private async Task<bool> IsUpToDateAsync(DatasetFormat format, ExportManifest found, IEnumerable<DatasetFile> sources, CancellationToken cancellationToken)
    {
        if (found.Format != format.Name || found.Version != DatasetFormat.Version || found.Name != dataset.Name || !found.Sources.SequenceEqual(sources))
        {
            return false;
        }

        foreach (var file in found.Files)
        {
            await using var written = await place.OpenWrittenAsync(file.Path, cancellationToken);
            if (written is null || (written.CanSeek && written.Length != file.Bytes))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<DatasetFile> WriteAsync(string path, ExportFile.Fixed file, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(file.Text(dataset.Name));
        await place.WriteAsync(path, async (stream, token) => await stream.WriteAsync(bytes, token), cancellationToken);
        return new DatasetFile(path, ArtifactExportPlace.NameOf(path), Determinism.Sha256Text.Of(bytes), bytes.Length, null);
    }

    private async Task<DatasetFile> WriteAsync(
        DatasetFormat format, string path, ExportFile.Rows file, DatasetFile source, List<ExportLoss> losses, CancellationToken cancellationToken)
    {
        DatasetFile? written = null;
        ExportLosses? lost = null;
        await place.WriteAsync(path, WriteOnceAsync, cancellationToken);
        losses.AddRange(lost!.ToList());
        return written!;

        async Task WriteOnceAsync(Stream target, CancellationToken token)
        {
            lost = new ExportLosses(file.Name);
            var (rows, bytes, sha256) = await CopyAsync(format, file, source, target, lost, token);
            written = new DatasetFile(path, ArtifactExportPlace.NameOf(path), sha256, bytes, rows);
        }
    }

    private async Task<(long Rows, long Bytes, string Sha256)> CopyAsync(
        DatasetFormat format, ExportFile.Rows file, DatasetFile source, Stream target, ExportLosses losses, CancellationToken cancellationToken)
    {
        await using var stream = await place.OpenReadAsync(source.Path, cancellationToken)
            ?? throw new StoreException($"the dataset's manifest lists {source.Path}, but it does not exist");
        await using var read = new MeteredStream(stream);
        await using var written = new MeteredStream(target);
        long done = 0;
        var what = $"rows of {format.Name}/{file.Name} written";
        progress?.Report(new CountProgress(0, source.Rows ?? 0, what));
        try
        {
            var rows = await file.WriteAsync(LineReader.ReadAsync(read, cancellationToken), written, losses, Report, cancellationToken);
            return read.Sha256() == source.Sha256
                ? (rows, written.Bytes, written.Sha256())
                : throw new StoreException($"{source.Path} is not the file that the dataset's manifest lists (its SHA-256 differs); see 'dataset validate'");
        }
        catch (JsonException e)
        {
            throw new StoreException($"{source.Path}, line {done + 1}, {e.Path ?? "$"}: expected a record of the dataset: {e.Message}", e);
        }

        void Report()
        {
            if (++done % ReportEvery == 0 || done == source.Rows)
            {
                progress?.Report(new CountProgress(done, source.Rows ?? 0, what));
            }
        }
    }
}
