using System.Text.RegularExpressions;

namespace AgentScaler.Tasks.Wording;

/// <summary>Chinese sentences with words of other scripts among them.</summary>
internal static partial class ChineseText
{
    /// <summary>
    /// A sentence without spaces where Chinese has none: beside its own letters and signs on both sides, before its signs, and after those that end or open something. What stands in quotation
    /// marks stays as it is.
    /// </summary>
    public static string Tidy(string sentence) => Spare().Replace(sentence, match => match.ValueSpan[0] == '“' ? match.Value : "");

    /// <summary>Whether a letter is of Chinese, or of another script without spaces between words.</summary>
    public static bool IsOwn(char letter) => char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.OtherLetter;

    [GeneratedRegex(@"“[^”]*”|(?<=[\p{IsCJKUnifiedIdeographs}“”，。：；（）？、]) +(?=[\p{IsCJKUnifiedIdeographs}“”，。：；（）？、])| +(?=[，。：；）？、])|(?<=[，。：；（？、]) +")]
    private static partial Regex Spare();
}
