using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Storage;

/// <summary>Text, documents and JSON lines on top of <see cref="IArtifactStore"/>. All text is UTF-8, LF, without a byte order mark.</summary>
public static class ArtifactStoreExtensions
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Creates a text blob unless the name is taken.</summary>
    public static Task<bool> TryCreateTextAsync(this IArtifactStore store, string name, string text, CancellationToken cancellationToken) =>
        store.TryCreateAsync(name, async (stream, token) => await stream.WriteAsync(Utf8.GetBytes(text), token), cancellationToken);

    /// <summary>Creates a document in canonical JSON unless the name is taken.</summary>
    public static Task<bool> TryCreateJsonAsync<T>(this IArtifactStore store, string name, T value, CancellationToken cancellationToken) =>
        store.TryCreateTextAsync(name, CanonicalJson.Serialize(value) + "\n", cancellationToken);

    /// <summary>Creates a JSONL blob, one canonical line an item, unless the name is taken.</summary>
    public static Task<bool> TryCreateLinesAsync<T>(this IArtifactStore store, string name, IEnumerable<T> items, CancellationToken cancellationToken) =>
        store.TryCreateAsync(
            name,
            async (stream, token) =>
            {
                await using var writer = new StreamWriter(stream, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
                foreach (var item in items)
                {
                    token.ThrowIfCancellationRequested();
                    await writer.WriteLineAsync(CanonicalJson.Serialize(item));
                }
            },
            cancellationToken);

    /// <summary>Reads a whole text blob.</summary>
    /// <exception cref="StoreException">There is none of that name.</exception>
    public static async Task<string> ReadTextAsync(this IArtifactStore store, string name, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenAsync(name, cancellationToken);
        using var reader = new StreamReader(stream, Utf8);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    /// <summary>Reads a JSON document.</summary>
    /// <exception cref="StoreException">There is none of that name, or it is not the expected document.</exception>
    public static async Task<T> ReadJsonAsync<T>(this IArtifactStore store, string name, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenAsync(name, cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(stream, ArtifactJson.Options, cancellationToken)
                ?? throw new StoreException($"artifact '{name}': expected {typeof(T).Name}, found null");
        }
        catch (JsonException e)
        {
            throw new StoreException($"artifact '{name}', {e.Path ?? "$"}: expected {typeof(T).Name}: {e.Message}", e);
        }
    }

    /// <summary>Reads a JSONL blob item by item.</summary>
    /// <exception cref="StoreException">There is none of that name, or a line is not the expected document.</exception>
    public static async IAsyncEnumerable<T> ReadLinesAsync<T>(
        this IArtifactStore store, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = 0;
        await foreach (var text in store.ReadTextLinesAsync(name, cancellationToken))
        {
            yield return ParseLine<T>(text, name, ++line);
        }
    }

    /// <summary>Reads a text blob line by line.</summary>
    /// <exception cref="StoreException">There is none of that name.</exception>
    public static async IAsyncEnumerable<string> ReadTextLinesAsync(
        this IArtifactStore store, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenAsync(name, cancellationToken);
        using var reader = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        while (await reader.ReadLineAsync(cancellationToken) is { } text)
        {
            yield return text;
        }
    }

    /// <summary>The item of one line of a JSONL blob.</summary>
    /// <param name="line">Its 1-based number.</param>
    /// <exception cref="StoreException">It is not the expected document.</exception>
    internal static T ParseLine<T>(string text, string name, long line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, ArtifactJson.Options) ?? throw new StoreException($"artifact '{name}', line {line}: expected {typeof(T).Name}, found null");
        }
        catch (JsonException e)
        {
            throw new StoreException($"artifact '{name}', line {line}, {e.Path ?? "$"}: expected {typeof(T).Name}: {e.Message}", e);
        }
    }

    private static async Task<Stream> OpenAsync(this IArtifactStore store, string name, CancellationToken cancellationToken) =>
        await store.OpenReadAsync(name, cancellationToken) ?? throw new StoreException($"artifact '{name}' does not exist");
}
