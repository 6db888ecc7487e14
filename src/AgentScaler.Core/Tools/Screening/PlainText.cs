using System.Net;
using System.Text.RegularExpressions;

namespace AgentScaler.Tools.Screening;

/// <summary>Descriptions as plain text: HTML and Markdown stripped, white space folded, length capped.</summary>
internal static partial class PlainText
{
    /// <summary>Longest description kept, in characters.</summary>
    private const int MaximumLength = 600;

    /// <summary>Longest text looked at: what is capped anyway need not be cleaned.</summary>
    private const int MaximumInput = 8 * MaximumLength;

    /// <summary>The plain text of a description; empty if there is none.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        text = text.Length > MaximumInput ? text[..MaximumInput] : text;
        if (text.AsSpan().IndexOfAny("<&") >= 0)
        {
            text = HtmlComment().Replace(text, " ");
            text = InlineTag().Replace(text, "");
            text = BlockTag().Replace(text, " ");
            text = WebUtility.HtmlDecode(text);
        }

        // Each pattern costs more than the look whether it can be there at all.
        text = HasLineMark(text) ? LinePrefix().Replace(text, "") : text;
        text = text.Contains("---", StringComparison.Ordinal) ? TableRule().Replace(text, " ") : text;
        text = text.Contains("](", StringComparison.Ordinal) ? Link().Replace(text, "$1") : text;
        text = text.Contains('*') || text.Contains("__", StringComparison.Ordinal) ? Emphasis().Replace(text, "$2") : text;
        text = text.Replace("`", "", StringComparison.Ordinal);
        return Cap((IsFolded(text) ? text : Blank().Replace(text, " ")).Trim());
    }

    /// <summary>Whether a line begins with a character that may mark a heading, a quote, a list or a fence.</summary>
    private static bool HasLineMark(string text)
    {
        for (var line = text.AsSpan(); ; line = line[(line.IndexOf('\n') + 1)..])
        {
            var start = line.TrimStart(" \t");
            if (!start.IsEmpty && start[0] is '#' or '>' or '-' or '*' or '+' or '`' or '~')
            {
                return true;
            }

            if (!line.Contains('\n'))
            {
                return false;
            }
        }
    }

    /// <summary>Whether words are told apart by single spaces and nothing else, in a text of printable ASCII.</summary>
    private static bool IsFolded(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains("  ", StringComparison.Ordinal);

    /// <summary>Cuts a text at the last word that fits and marks the cut.</summary>
    public static string Cap(string text)
    {
        if (text.Length <= MaximumLength)
        {
            return text;
        }

        var space = text.LastIndexOf(' ', MaximumLength - 1);
        var end = space > MaximumLength / 2 ? space : MaximumLength - 1;
        end = char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
        return text[..end].TrimEnd() + "…";
    }

    [GeneratedRegex("<!--.*?(?:-->|$)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex HtmlComment();

    [GeneratedRegex(
        @"</?(?:a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|s|samp|small|span|strike|strong|sub|sup|tt|u|var)(?:\s[^<>]*)?/?>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InlineTag();

    [GeneratedRegex(
        @"</?(?:article|aside|blockquote|br|button|caption|center|dd|details|div|dl|dt|figure|footer|h[1-6]|head|header|hr|html|body|iframe|img|input|label|li|main|nav|ol|p|pre|script|section|style|summary|svg|table|tbody|td|tfoot|th|thead|tr|ul|video)(?:\s[^<>]*)?/?>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BlockTag();

    /// <summary>Headings, quotes, list marks and code fences at the start of a line.</summary>
    [GeneratedRegex(@"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|`{3,}\w*|~{3,}\w*)+", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex LinePrefix();

    [GeneratedRegex(@"^[ \t]*\|?[ \t]*:?-{3,}[-|: \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TableRule();

    [GeneratedRegex(@"!?\[([^\[\]]*)\]\([^()\s]*(?:\s""[^""]*"")?\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w*])(\*{1,3}|__)(?=\S)([^*\n]{1,300}?)(?<=\S)\1(?![\w*])", RegexOptions.CultureInvariant)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"[\s\p{Cc}\u200B-\u200D\u2060\uFEFF]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
