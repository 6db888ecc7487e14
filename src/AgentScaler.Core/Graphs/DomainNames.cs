using System.Globalization;
using AgentScaler.Tools;

namespace AgentScaler.Graphs;

/// <summary>Readable names of domains, in kebab-case and unique, from what their tools are most often about: <c>books-loans</c>.</summary>
internal sealed class DomainNames
{
    private const int MaximumLength = 48;

    /// <summary>Share of the commonest thing's count from which the second is named too.</summary>
    private const double SecondShare = 0.25;

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>The next name; a name that is taken grows by a third thing, then by a number.</summary>
    public string Next(IReadOnlyList<ToolSpec> tools)
    {
        var things = tools
            .Select(Thing)
            .Where(thing => thing.Length > 0)
            .GroupBy(thing => thing, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .ToArray();
        var named = things.Take(2).Where(group => group.Count() >= things[0].Count() * SecondShare).Select(group => group.Key).ToArray();
        var name = Shorten(named.Length == 0 ? "tools" : string.Join('-', named));
        if (taken.Contains(name) && things.Length > named.Length)
        {
            name = Shorten(string.Join('-', named.Append(things[named.Length].Key)));
        }

        var unique = name;
        for (var i = 2; !taken.Add(unique); i++)
        {
            unique = name + "-" + i.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }

    private static string Thing(ToolSpec tool)
    {
        var words = ToolReading.Entity(tool).Where(word => word.All(char.IsAsciiLetterOrDigit)).ToArray();
        return words.Length == 0 ? string.Empty : string.Join('-', words.TakeLast(2).SkipLast(1).Append(Words.Plural(words[^1])));
    }

    private static string Shorten(string name) => name.Length <= MaximumLength ? name : name[..MaximumLength].TrimEnd('-');
}
