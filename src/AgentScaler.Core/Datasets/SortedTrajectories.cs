using System.Text;
using AgentScaler.Storage;

namespace AgentScaler.Datasets;

/// <summary>
/// Writes records in the order of their ids with bounded memory. An environment's records are sorted in passes over its episodes, each pass a
/// range of ids that fits the budget (one pass unless the environment is huge); the sorted files are then merged page by page and the
/// pages into the dataset, holding one line per file.
/// </summary>
internal static class SortedTrajectories
{
    /// <summary>Characters of records held at once while sorting.</summary>
    public const long DefaultBudget = 32 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the records of the given ids, sorted.</summary>
    /// <param name="sizes">Id and estimated characters of every record to write.</param>
    /// <param name="source">Enumerates id and line of all records, in any order; called once a pass. A line is made only when asked for.</param>
    public static Task WriteAsync(
        IArtifactStore store,
        string name,
        IEnumerable<(string Id, long Size)> sizes,
        Func<CancellationToken, IAsyncEnumerable<(string Id, Func<string> Line)>> source,
        long budget,
        CancellationToken cancellationToken) =>
        store.TryCreateAsync(
            name,
            async (stream, token) =>
            {
                await using var writer = new StreamWriter(stream, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
                foreach (var range in Ranges(sizes.OrderBy(entry => entry.Id, StringComparer.Ordinal), budget))
                {
                    var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
                    await foreach (var (id, line) in source(token).WithCancellation(token))
                    {
                        if (range.Contains(id))
                        {
                            lines.Add(id, line());
                        }
                    }

                    foreach (var line in lines.Values)
                    {
                        await writer.WriteLineAsync(line);
                    }
                }
            },
            cancellationToken);

    /// <summary>Merges sorted files into one.</summary>
    /// <exception cref="StoreException">A file is missing or not sorted, or two records have one id.</exception>
    public static Task MergeAsync(IArtifactStore store, string name, IReadOnlyList<string> files, CancellationToken cancellationToken) =>
        MergeAsync(store, name, files, TrajectoryLine.ReadId, cancellationToken);

    /// <inheritdoc cref="MergeAsync(IArtifactStore, string, IReadOnlyList{string}, CancellationToken)"/>
    /// <param name="readId">Reads the id off a line, of a file of that name.</param>
    public static Task MergeAsync(
        IArtifactStore store, string name, IReadOnlyList<string> files, Func<string, string, string> readId, CancellationToken cancellationToken) =>
        store.TryCreateAsync(
            name,
            async (stream, token) =>
            {
                await using var writer = new StreamWriter(stream, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
                var readers = new List<StreamReader>();
                try
                {
                    var queue = new PriorityQueue<(int File, string Line), string>(StringComparer.Ordinal);
                    foreach (var file in files)
                    {
                        var blob = await store.OpenReadAsync(file, token) ?? throw new StoreException($"artifact '{file}' does not exist");
                        readers.Add(new StreamReader(blob, Utf8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 15));
                        await AdvanceAsync(readers.Count - 1);
                    }

                    var last = string.Empty;
                    while (queue.TryDequeue(out var head, out var id))
                    {
                        if (string.CompareOrdinal(id, last) <= 0)
                        {
                            throw new StoreException($"artifact '{files[head.File]}': expected ids in ascending order, found '{id}' after '{last}'");
                        }

                        last = id;
                        await writer.WriteLineAsync(head.Line);
                        await AdvanceAsync(head.File);
                    }

                    async Task AdvanceAsync(int file)
                    {
                        if (await readers[file].ReadLineAsync(token) is { } line)
                        {
                            queue.Enqueue((file, line), readId(line, files[file]));
                        }
                    }
                }
                finally
                {
                    readers.ForEach(reader => reader.Dispose());
                }
            },
            cancellationToken);

    private static IEnumerable<HashSet<string>> Ranges(IEnumerable<(string Id, long Size)> sorted, long budget)
    {
        var range = new HashSet<string>(StringComparer.Ordinal);
        long size = 0;
        foreach (var entry in sorted)
        {
            if (range.Count > 0 && size + entry.Size > budget)
            {
                yield return range;
                range = new HashSet<string>(StringComparer.Ordinal);
                size = 0;
            }

            range.Add(entry.Id);
            size += entry.Size;
        }

        if (range.Count > 0)
        {
            yield return range;
        }
    }
}
