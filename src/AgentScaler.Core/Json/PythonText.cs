using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AgentScaler.Json;

/// <summary>Python's <c>repr</c> and <c>json.dumps</c> of the values that JSON can hold; what programs write with them is in python-values.js.</summary>
internal static class PythonText
{
    /// <summary>
    /// <c>json.dumps(value)</c> with its default settings: <c>", "</c> and <c>": "</c>, keys in their order, everything beyond ASCII escaped, floats with their
    /// <c>.0</c>. Of keys that repeat, the last value counts, in the place of the first.
    /// </summary>
    public static string Dumps(JsonElement value) => PythonDumps.Default.Write(value);

    /// <summary>
    /// <c>repr(str)</c>: single quotes unless the text holds <c>'</c> and no <c>"</c>; backslash, quote and control characters escaped; printable characters
    /// stand as they are, others as <c>\xhh</c>, <c>\uhhhh</c>, <c>\Uhhhhhhhh</c>.
    /// </summary>
    public static void AppendRepr(StringBuilder target, string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        target.Append(quote);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                AppendWide(target, new Rune(c, text[++i]));
            }
            else if (c == quote || c == '\\')
            {
                target.Append('\\').Append(c);
            }
            else if (c is '\n' or '\r' or '\t')
            {
                target.Append('\\').Append(c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
            }
            else if (IsPrintable(CharUnicodeInfo.GetUnicodeCategory(c)) || c == ' ')
            {
                target.Append(c);
            }
            else
            {
                target.Append(c < 0x100 ? "\\x" : "\\u").Append(((int)c).ToString(c < 0x100 ? "x2" : "x4", CultureInfo.InvariantCulture));
            }
        }

        target.Append(quote);
    }

    /// <summary><c>repr</c> of a number: an int as its digits, a float in shortest round-trip form; <c>1e400</c> is <c>inf</c>.</summary>
    public static void AppendNumber(StringBuilder target, string literal)
    {
        if (literal.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
        {
            target.Append(literal == "-0" ? "0" : literal);
            return;
        }

        var value = double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value))
        {
            target.Append(value > 0 ? "inf" : "-inf");
        }
        else
        {
            CanonicalNumber.AppendShortest(target, value);
        }
    }

    private static void AppendWide(StringBuilder target, Rune rune)
    {
        if (IsPrintable(Rune.GetUnicodeCategory(rune)))
        {
            target.Append(rune.ToString());
        }
        else
        {
            target.Append("\\U").Append(rune.Value.ToString("x8", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Python's <c>str.isprintable</c>: neither "Other" nor "Separator", but for the ASCII space.</summary>
    private static bool IsPrintable(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
