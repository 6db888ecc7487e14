using System.Text.Json;
using AgentScaler.Tasks.Wording;

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

    /// <summary>Whether a text holds a scalar in one of the ways in which people write it (<see cref="SpokenForms"/>).</summary>
    public static bool IsSaidIn(string text, string scalar) => SpokenForms.Of(scalar).Any(form => IsWordOf(form, text));

    /// <summary>
    /// Whether a text holds a scalar as a word of its own, case aside: 5 is not in bk-105. Letters of scripts that put no spaces between words (Chinese, Japanese, Thai) bound
    /// words of others. What is blank is no word.
    /// </summary>
    public static bool IsWordOf(string scalar, string text)
    {
        if (string.IsNullOrWhiteSpace(scalar))
        {
            return false;
        }

        for (var at = text.IndexOf(scalar, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(scalar, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + scalar.Length;
            if ((at == 0 || !Joins(text[at - 1], scalar[0])) && (end == text.Length || !Joins(text[end], scalar[^1])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a character beside one of the scalar makes them one word.</summary>
    private static bool Joins(char beside, char own) =>
        char.IsLetterOrDigit(beside) && char.GetUnicodeCategory(beside) != System.Globalization.UnicodeCategory.OtherLetter
        && char.GetUnicodeCategory(own) != System.Globalization.UnicodeCategory.OtherLetter;
}
