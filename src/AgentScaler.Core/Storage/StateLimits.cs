using System.Text;

namespace AgentScaler.Storage;

/// <summary>
/// The limits every state store enforces itself, those of the strictest service (design/azure.md): Azure Table takes 100 writes in one
/// partition and keys of 512 characters without control characters, <c>/ \ # ?</c>; Cosmos takes keys of 1023 bytes. Values over what a
/// service takes in one row or batch are no matter of the caller: its store puts them elsewhere.
/// Keys stay within the basic multilingual plane: there the order of UTF-8 bytes (SQLite, Cosmos) and of UTF-16 units (Table, ordinal) is one.
/// </summary>
public static class StateLimits
{
    /// <summary>Writes in one batch.</summary>
    public const int BatchWrites = 100;

    /// <summary>Characters in a partition or key.</summary>
    public const int KeyCharacters = 512;

    /// <summary>UTF-8 bytes of a partition or key.</summary>
    public const int KeyBytes = 1023;

    /// <summary>UTF-8 bytes of one value; more belongs into an artifact.</summary>
    public const int ValueBytes = 4 * 1024 * 1024;

    /// <summary>Throws if a batch breaks a limit, or names a key twice.</summary>
    /// <exception cref="StateLimitException">With the limit's name and the offending key.</exception>
    public static void Check(string partition, IReadOnlyList<StateWrite> writes)
    {
        CheckKey("partition", partition);
        if (writes.Count is 0 or > BatchWrites)
        {
            throw new StateLimitException($"a batch takes 1-{BatchWrites} writes, this one has {writes.Count}");
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var write in writes)
        {
            CheckKey("key", write.Key);
            if (!keys.Add(write.Key))
            {
                throw new StateLimitException($"key '{write.Key}' stands twice in one batch");
            }

            if (write.Value is { } value && Encoding.UTF8.GetByteCount(value) is var bytes && bytes > ValueBytes)
            {
                throw new StateLimitException($"value of '{partition}/{write.Key}' has {bytes} bytes, the limit is {ValueBytes}");
            }
        }
    }

    /// <summary>Throws unless a text can be a partition or row key in every store.</summary>
    public static void CheckKey(string what, string text)
    {
        if (text.Length is 0 or > KeyCharacters || !BeginsKey(text))
        {
            throw new StateLimitException(
                $"{what} '{text}': expected 1-{KeyCharacters} characters up to U+FFFF, {KeyBytes} bytes in UTF-8, without control characters, '/', '\\', '#' and '?'");
        }
    }

    /// <summary>Whether a text, also the empty one, can be the beginning of a key.</summary>
    public static bool BeginsKey(string text) =>
        text.Length <= KeyCharacters
        && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c is '/' or '\\' or '#' or '?')
        && Encoding.UTF8.GetByteCount(text) <= KeyBytes;
}
