using AgentScaler.Storage;

namespace AgentScaler.Datasets;

/// <summary>Copies a dataset from the artifact store into a campaign's folder.</summary>
public static class DatasetExport
{
    /// <summary>
    /// Writes every file that the manifest lists (the canonical rows, tasks, card and funnel, <c>rejected.jsonl</c>, the formats that the campaign wants) and, last,
    /// <c>dataset/manifest.json</c>. Each file appears whole or not at all; doing it again writes the same bytes.
    /// </summary>
    /// <param name="manifest">Reference of the manifest.</param>
    /// <param name="directory">The campaign's folder.</param>
    /// <exception cref="StoreException">The artifacts or the folder could not be read or written.</exception>
    public static async Task WriteAsync(IArtifactStore artifacts, string manifest, string directory, CancellationToken cancellationToken)
    {
        var document = await artifacts.ReadJsonAsync<DatasetManifest>(manifest, cancellationToken);
        try
        {
            foreach (var file in document.Files)
            {
                await CopyAsync(ArtifactSibling.Of(manifest, file.Artifact), Path.Combine([directory, .. file.Path.Split('/')]));
            }

            await CopyAsync(manifest, Path.Combine(directory, "dataset", DatasetManifest.FileName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"folder '{directory}': {e.Message}", e);
        }

        async Task CopyAsync(string artifact, string path)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var partial = path + ".part";
            await using (var source = await artifacts.OpenReadAsync(artifact, cancellationToken)
                ?? throw new StoreException($"artifact '{artifact}' does not exist"))
            await using (var target = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await source.CopyToAsync(target, cancellationToken);
                target.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
    }
}
