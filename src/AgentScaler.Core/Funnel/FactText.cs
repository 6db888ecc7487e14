using System.Globalization;
using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Funnel;

/// <summary>Values as they appear in what people write.</summary>
internal static class FactText
{
    /// <summary>Whether a text states a fact: case aside, and not as a piece of a longer word or number.</summary>
    public static bool Contains(string text, string fact)
    {
        if (fact.Length == 0)
        {
            return false;
        }

        for (var at = text.IndexOf(fact, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(fact, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + fact.Length;
            if ((at == 0 || !Joined(text[at - 1], fact[0])) && (end == text.Length || !Joined(fact[^1], text[end])) && !IsDecimalPart(text, at, end))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a text states a fact in one of the ways in which people write it: a day in words, a number with commas.</summary>
    public static bool States(string text, string fact) => SpokenForms.Of(fact).Any(form => Contains(text, form));

    /// <summary>The scalar values within a value, as text: strings as they are, numbers canonical; booleans and nulls say nothing.</summary>
    public static IEnumerable<string> Leaves(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Leaves(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Leaves),
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number => [CanonicalJson.Write(value)],
        _ => [],
    };

    private static bool Joined(char left, char right) =>
        (char.IsAsciiDigit(left) && char.IsAsciiDigit(right)) || (IsOfSpacedScript(left) && IsOfSpacedScript(right));

    /// <summary>Letters of scripts that put no spaces between words (Chinese, Japanese, Thai) bound words of others.</summary>
    private static bool IsOfSpacedScript(char letter) => char.IsLetter(letter) && char.GetUnicodeCategory(letter) != UnicodeCategory.OtherLetter;

    /// <summary>Whether a number found at [at, end) is only one side of a decimal point.</summary>
    private static bool IsDecimalPart(string text, int at, int end) =>
        (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end - 1]) && char.IsAsciiDigit(text[end + 1]))
        || (at > 1 && text[at - 1] == '.' && char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at - 2]));
}
