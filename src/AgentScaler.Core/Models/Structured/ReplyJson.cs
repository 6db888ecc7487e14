using System.Text;
using System.Text.Json;

namespace AgentScaler.Models.Structured;

/// <summary>Finds the JSON value in a model's text: alone, in a code fence, or with prose around it.</summary>
internal static class ReplyJson
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 128 };

    /// <summary>The largest JSON object or array that the text contains whole; null if there is none.</summary>
    public static JsonElement? Find(string text)
    {
        JsonElement? best = null;
        var length = 0;
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is (byte)'{' or (byte)'[' && TryRead(bytes.AsSpan(i), out var value, out var read))
            {
                if (read > length)
                {
                    (best, length) = (value, read);
                }

                i += read - 1;
            }
        }

        return best;
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
