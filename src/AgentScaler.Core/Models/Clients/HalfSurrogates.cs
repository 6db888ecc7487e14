using System.Text;
using System.Text.RegularExpressions;

namespace AgentScaler.Models.Clients;

/// <summary>JSON strings in which halves of surrogate pairs stand alone.</summary>
internal static partial class HalfSurrogates
{
    /// <summary>The text of a JSON string, each half replaced by U+FFFD.</summary>
    /// <param name="json">A JSON string with its quotes.</param>
    public static string Replace(string json)
    {
        var text = Escape().Replace(json, match => match.Groups["pair"].Success ? match.Value : "\\ufffd");
        using var document = System.Text.Json.JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
        return document.RootElement.GetString()!;
    }

    // A backslash that is itself escaped begins no escape.
    [GeneratedRegex(@"(?<=(?<!\\)(\\\\)*)(?<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?<=(?<!\\)(\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
