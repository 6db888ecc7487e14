using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>Patterns of documents as linear-time expressions, each compiled once.</summary>
internal static class HeededPattern
{
    private static readonly ConcurrentDictionary<string, Regex?> Compiled = new(StringComparer.Ordinal);

    /// <summary>Whether a text matches a pattern; one that no linear-time engine can match asks for nothing, as in <see cref="Json.JsonSchema"/>.</summary>
    public static bool Matches(string pattern, string text) => Compiled.GetOrAdd(pattern, Compile)?.IsMatch(text) ?? true;

    private static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
