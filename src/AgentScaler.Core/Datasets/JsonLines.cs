using System.Text;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Datasets;

/// <summary>Writes JSON lines while they are being made.</summary>
internal static class JsonLines
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Creates a JSONL blob, one canonical line an item, unless the name is taken; then nothing is made.</summary>
    public static Task WriteAsync<T>(IArtifactStore store, string name, IAsyncEnumerable<T> items, CancellationToken cancellationToken) =>
        WriteAsync(store, name, items, CanonicalJson.Serialize, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}(IArtifactStore, string, IAsyncEnumerable{T}, CancellationToken)"/>
    /// <param name="line">Gives an item's line without the line feed.</param>
    public static async Task WriteAsync<T>(
        IArtifactStore store, string name, IAsyncEnumerable<T> items, Func<T, string> line, CancellationToken cancellationToken)
    {
        if (await store.ExistsAsync(name, cancellationToken))
        {
            return;
        }

        await store.TryCreateAsync(
            name,
            async (stream, token) =>
            {
                await using var writer = new StreamWriter(stream, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
                await foreach (var item in items.WithCancellation(token))
                {
                    await writer.WriteLineAsync(line(item));
                }
            },
            cancellationToken);
    }
}
