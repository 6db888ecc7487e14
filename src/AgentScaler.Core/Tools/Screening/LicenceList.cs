using System.Text.RegularExpressions;

namespace AgentScaler.Tools.Screening;

/// <summary>Licences that are let in, known by what their different spellings share: <c>Apache License, Version 2.0</c> is <c>Apache-2.0</c>.</summary>
/// <param name="licences">The list; empty lets every licence in.</param>
internal sealed partial class LicenceList(IReadOnlyList<string> licences)
{
    /// <summary>What stands for a licence that is not stated.</summary>
    public const string Unknown = "unknown";

    private readonly HashSet<string> allowed = [.. licences.Select(Key)];

    public bool Allows(string? licence) => allowed.Count == 0 || allowed.Contains(Key(licence ?? Unknown));

    private static string Key(string licence)
    {
        var words = Filler().Replace(licence.ToLowerInvariant(), " ");
        return Separator().Replace(words, "");
    }

    [GeneratedRegex(@"\b(?:the|licen[sc]e|version)\b|\bv(?=\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Filler();

    [GeneratedRegex("[^a-z0-9.]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();
}
