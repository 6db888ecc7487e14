using System.Text;
using System.Text.Json;

namespace AgentScaler.Models.Structured;

/// <summary>Finds the JSON value in a model's text: alone, in a code fence, or with prose around it.</summary>
internal static class ReplyJson
{
    /// <summary>Brackets that begin no value before the search ends: each costs an exception, and a model that has lost its way can write them by the hundred thousand.</summary>
    private const int MostFalseStarts = 2_000;

    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 128 };

    /// <summary>The largest JSON object or array that the text contains whole; null if there is none. What stands behind two thousand stray brackets is not looked for.</summary>
    public static JsonElement? Find(string text)
    {
        JsonElement? best = null;
        var length = 0;
        var bytes = Encoding.UTF8.GetBytes(text);
        var falseStarts = 0;
        for (var i = 0; i < bytes.Length && falseStarts < MostFalseStarts; i++)
        {
            if (bytes[i] is not ((byte)'{' or (byte)'['))
            {
                continue;
            }

            if (!TryRead(bytes.AsSpan(i), out var value, out var read))
            {
                falseStarts++;
                continue;
            }

            if (read > length)
            {
                (best, length) = (value, read);
            }

            i += read - 1;
        }

        return best is { } found ? Strict(found) : null;
    }

    /// <summary>The value without what only a lenient reader takes (commas at ends, comments).</summary>
    private static JsonElement Strict(JsonElement value)
    {
        try
        {
            return JsonSerializer.SerializeToElement(value);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair: whoever reads the text says so.
            return value;
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out JsonElement value, out int read)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: true, new JsonReaderState(Lenient));
        try
        {
            if (JsonElement.TryParseValue(ref reader, out var found))
            {
                (value, read) = (found.Value, (int)reader.BytesConsumed);
                return true;
            }
        }
        catch (JsonException)
        {
            // Not JSON from here on.
        }

        (value, read) = (default, 0);
        return false;
    }
}
