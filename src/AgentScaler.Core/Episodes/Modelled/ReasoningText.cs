using System.Text.RegularExpressions;

namespace AgentScaler.Episodes.Modelled;

/// <summary>Takes reasoning that a model wrote into its text (<c>&lt;think&gt;...&lt;/think&gt;</c> at its beginning) out of it.</summary>
internal static partial class ReasoningText
{
    /// <summary>Text and reasoning apart. A tag anywhere else stays: it is a leak, for the funnel to see.</summary>
    /// <param name="reasoning">What the endpoint gave apart already, or null.</param>
    public static (string? Text, string? Reasoning) Split(string? text, string? reasoning)
    {
        if (text is null || Leading().Match(text) is not { Success: true } match)
        {
            return (Trimmed(text), Trimmed(reasoning));
        }

        var written = match.Groups["thoughts"].Value;
        return (Trimmed(text[match.Length..]), Trimmed(string.IsNullOrWhiteSpace(reasoning) ? written : $"{reasoning}\n{written}"));
    }

    private static string? Trimmed(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    // Some templates open the tag in the prompt, so that only its end is written.
    [GeneratedRegex(@"\A\s*(<think(ing)?>)?(?<thoughts>(?:(?!</?think(ing)?>).)*)</think(ing)?>", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Leading();
}
