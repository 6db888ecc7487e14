using System.Globalization;
using System.Text;

namespace AgentScaler.Tools.Refinement;

/// <summary>A model's prose as plain text in one line.</summary>
internal static class PlainSentence
{
    /// <summary>The text with white space folded and without control and direction characters; null if nothing is left, or more than so many characters.</summary>
    public static string? Of(string text, int longest)
    {
        var plain = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (plain.Length > 0 && plain[^1] != ' ')
                {
                    plain.Append(' ');
                }
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) && rune != Rune.ReplacementChar)
            {
                plain.Append(rune);
            }
        }

        var line = plain.ToString().TrimEnd();
        return line.Length == 0 || line.Length > longest ? null : line;
    }
}
