using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentScaler.Models.Prompts;

/// <summary>
/// A prompt: a file of the assembly, <c>Prompts/NAME.md</c>, whose first line is <c>version: N</c>. A change of its text that can change a reply raises its version, which travels
/// with the data. Places to fill in are <c>{{name}}</c>.
/// </summary>
public sealed partial class Prompt
{
    private const string VersionKey = "version:";
    private static readonly ConcurrentDictionary<string, Prompt> Loaded = new(StringComparer.Ordinal);
    private readonly string text;

    private Prompt(string name, int version, string text)
    {
        (Name, Version, this.text) = (name, version, text);
        Places = [.. Place().Matches(text).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Its name, e.g. <c>agent</c>.</summary>
    public string Name { get; }

    /// <summary>Its version, from 1.</summary>
    public int Version { get; }

    /// <summary>The places to fill in, in order.</summary>
    public IReadOnlyList<string> Places { get; }

    /// <summary>Name and version as lineage gives them, e.g. <c>agent@2</c>.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Name}@{Version}");

    /// <summary>Loads a prompt.</summary>
    /// <exception cref="ArgumentException">There is none of that name, or it names no version.</exception>
    public static Prompt Load(string name) => Loaded.GetOrAdd(name, Read);

    /// <summary>The prompt's text with all places filled in; what is filled in is not searched for places.</summary>
    /// <exception cref="ArgumentException">A place is not given, or a given value has no place.</exception>
    public string Fill(params ReadOnlySpan<(string Place, string Value)> values)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (place, value) in values)
        {
            given.Add(place, value);
        }

        var unknown = given.Keys.Except(Places, StringComparer.Ordinal).Concat(Places.Except(given.Keys, StringComparer.Ordinal)).ToList();
        return unknown.Count == 0
            ? Place().Replace(text, match => given[match.Groups[1].Value])
            : throw new ArgumentException($"prompt {Id} has the places {string.Join(", ", Places)}; not so {string.Join(", ", unknown)}", nameof(values));
    }

    private static Prompt Read(string name)
    {
        using var stream = typeof(Prompt).Assembly.GetManifestResourceStream("prompt-" + name) ?? throw new ArgumentException($"there is no prompt '{name}'", nameof(name));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var whole = reader.ReadToEnd().ReplaceLineEndings("\n");
        var end = whole.IndexOf('\n', StringComparison.Ordinal);
        return end > 0
            && whole.StartsWith(VersionKey, StringComparison.Ordinal)
            && int.TryParse(whole.AsSpan(VersionKey.Length, end - VersionKey.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var version)
                ? new Prompt(name, version, whole[(end + 1)..].Trim())
                : throw new ArgumentException($"prompt '{name}' does not begin with '{VersionKey} N'", nameof(name));
    }

    [GeneratedRegex(@"\{\{([a-z-]+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
