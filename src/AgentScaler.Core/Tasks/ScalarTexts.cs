using System.Text.Json;

namespace AgentScaler.Tasks;

/// <summary>The scalars within an argument as people write them.</summary>
internal static class ScalarTexts
{
    /// <summary>Every scalar but null, in document order: strings as they are, all else as it stands.</summary>
    public static IEnumerable<string> Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Of(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Of),
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Null => [],
        _ => [value.GetRawText()],
    };

    /// <summary>Whether a text holds a scalar as a word of its own, case aside: 5 is not in bk-105.</summary>
    public static bool IsWordOf(string scalar, string text)
    {
        for (var at = text.IndexOf(scalar, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(scalar, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + scalar.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
