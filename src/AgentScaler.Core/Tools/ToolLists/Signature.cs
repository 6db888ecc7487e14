using System.Text.RegularExpressions;

namespace AgentScaler.Tools.ToolLists;

/// <summary>Parameters as a signature lists them: <c>(name: str, count: int = 3)</c>, or <c>name (string), count (int)</c>.</summary>
internal static partial class Signature
{
    /// <summary>The parameters in their order, or null if the text is no signature.</summary>
    public static IReadOnlyList<(string Name, string Type, bool IsRequired)>? Parse(string text)
    {
        text = text.Trim();
        return List(text) ?? (Whole().Match(text) is { Success: true } whole ? string.IsNullOrWhiteSpace(whole.Groups[1].Value) ? [] : List(whole.Groups[1].Value) : null);
    }

    /// <summary>The parameters of a text that is nothing but a list of them.</summary>
    private static IReadOnlyList<(string Name, string Type, bool IsRequired)>? List(string text)
    {
        var matches = Parameter().Matches(text);
        return matches.Count == 0 || matches.Sum(m => m.Length) < text.TrimEnd().Length
            ? null
            : [.. matches.Select(m => (m.Groups[1].Value, m.Groups[2].Success ? m.Groups[2].Value.Trim() : m.Groups[3].Value.Trim(), !m.Groups[4].Success))];
    }

    [GeneratedRegex(@"\A\w*\s*\((.*)\)\s*(?:->.*)?\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"\G\s*\*{0,2}([\p{L}_][\w ]*?)\s*(?::\s*((?:[^,=\[\]]|\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\])+)|[(（]([^()（）:,]*)[)）])\s*(=\s*(?:'[^']*'|""[^""]*""|[^,]*))?\s*(?:[,，]|\z)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
