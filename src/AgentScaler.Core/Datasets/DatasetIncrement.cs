using System.Runtime.CompilerServices;
using System.Text;
using AgentScaler.Determinism;
using AgentScaler.Storage;

namespace AgentScaler.Datasets;

/// <summary>Takes from a dataset what earlier increments of its series had already. It holds a hash of each trajectory of the series: 32 bytes a row.</summary>
public static class DatasetIncrement
{
    private const string Canonical = "canonical.jsonl";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the increment's files, the manifest last.</summary>
    /// <param name="dataset">Reference of the dataset's manifest.</param>
    /// <param name="earlier">References of the series' earlier increments.</param>
    /// <param name="prefix">Where the files go, ending in <c>/</c>.</param>
    /// <exception cref="StoreException">An artifact is missing or not what it should be.</exception>
    public static async Task<IncrementManifest> WriteAsync(
        IArtifactStore artifacts, string dataset, IReadOnlyList<string> earlier, string prefix, CancellationToken cancellationToken)
    {
        var manifest = await artifacts.ReadJsonAsync<DatasetManifest>(dataset, cancellationToken);
        var seen = await SeenAsync(artifacts, earlier, cancellationToken);
        var source = ArtifactSibling.Of(dataset, Canonical);
        var added = new SortedSet<string>(StringComparer.Ordinal);
        long read = 0;
        await foreach (var line in LinesAsync(artifacts, source, cancellationToken))
        {
            read++;
            var content = TrajectoryContent.HashOf(line, source);
            if (!seen.Contains(content))
            {
                added.Add(content);
            }
        }

        await artifacts.TryCreateAsync(
            prefix + IncrementManifest.Trajectories, (stream, token) => CopyAsync(artifacts, source, added, stream, token), cancellationToken);
        await artifacts.TryCreateTextAsync(prefix + IncrementManifest.Contents, string.Concat(added.Select(content => content + "\n")), cancellationToken);
        await using var written = await artifacts.OpenReadAsync(prefix + IncrementManifest.Trajectories, cancellationToken)
            ?? throw new StoreException($"artifact '{prefix + IncrementManifest.Trajectories}' does not exist");
        var increment = new IncrementManifest(
            dataset, manifest.Name, manifest.Seed, added.Count, read - added.Count, await Sha256Text.OfAsync(written, cancellationToken));
        await artifacts.TryCreateJsonAsync(prefix + IncrementManifest.FileName, increment, cancellationToken);
        return increment;
    }

    /// <summary>Copies the first line of each content.</summary>
    private static async Task CopyAsync(IArtifactStore artifacts, string source, IReadOnlySet<string> contents, Stream target, CancellationToken cancellationToken)
    {
        var left = new HashSet<string>(contents, StringComparer.Ordinal);
        await using var writer = new StreamWriter(target, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        await foreach (var line in LinesAsync(artifacts, source, cancellationToken))
        {
            if (left.Remove(TrajectoryContent.HashOf(line, source)))
            {
                await writer.WriteLineAsync(line);
            }
        }
    }

    private static async Task<HashSet<string>> SeenAsync(IArtifactStore artifacts, IReadOnlyList<string> earlier, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var increment in earlier)
        {
            await foreach (var content in LinesAsync(artifacts, ArtifactSibling.Of(increment, IncrementManifest.Contents), cancellationToken))
            {
                seen.Add(content);
            }
        }

        return seen;
    }

    private static async IAsyncEnumerable<string> LinesAsync(
        IArtifactStore artifacts, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await artifacts.OpenReadAsync(name, cancellationToken) ?? throw new StoreException($"artifact '{name}' does not exist");
        using var reader = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }
}
