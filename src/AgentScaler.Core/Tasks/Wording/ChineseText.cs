using System.Text.RegularExpressions;

namespace AgentScaler.Tasks.Wording;

/// <summary>Chinese sentences with words of other scripts among them.</summary>
internal static partial class ChineseText
{
    /// <summary>A sentence without spaces where Chinese has none: beside its own letters and signs on both sides, before its signs, and after those that end or open something.</summary>
    public static string Tidy(string sentence) => Spare().Replace(sentence, "");

    [GeneratedRegex(@"(?<=[\p{IsCJKUnifiedIdeographs}“”，。：；（）？、]) +(?=[\p{IsCJKUnifiedIdeographs}“”，。：；（）？、])| +(?=[，。：；）？、])|(?<=[，。：；（？、]) +")]
    private static partial Regex Spare();
}
