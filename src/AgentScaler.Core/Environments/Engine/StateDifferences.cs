using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>Compares two states of one environment row by row, and objects within rows field by field.</summary>
internal static class StateDifferences
{
    /// <summary>The differences, sorted by path.</summary>
    public static IReadOnlyList<StateDifference> Between(SessionState before, SessionState after)
    {
        var differences = new List<StateDifference>();
        var rows = before.Changed().Concat(after.Changed())
            .Select(change => (change.Collection, change.Key))
            .Distinct()
            .OrderBy(row => row.Collection.Index)
            .ThenBy(row => row.Key, Comparer<string>.Create(CanonicalJson.CompareKeys));
        foreach (var (collection, key) in rows)
        {
            Compare(
                $"/{collection.Spec.Name}/{Escape(key)}",
                before.Find(collection.Index, key)?.Element,
                after.Find(collection.Index, key)?.Element,
                differences);
        }

        return differences;
    }

    private static void Compare(string path, JsonElement? before, JsonElement? after, List<StateDifference> differences)
    {
        if (before is { } left && after is { } right)
        {
            if (left.ValueKind == JsonValueKind.Object && right.ValueKind == JsonValueKind.Object)
            {
                CompareFields(path, left, right, differences);
                return;
            }

            if (CanonicalJson.AreEqual(left, right))
            {
                return;
            }
        }

        if (before is not null || after is not null)
        {
            differences.Add(new StateDifference(path, before, after));
        }
    }

    private static void CompareFields(string path, JsonElement before, JsonElement after, List<StateDifference> differences)
    {
        var names = before.EnumerateObject().Concat(after.EnumerateObject()).Select(JsonText.NameOf).Distinct().ToArray();
        Array.Sort(names, CanonicalJson.CompareKeys);
        foreach (var name in names)
        {
            Compare(
                $"{path}/{Escape(name)}",
                before.TryGetProperty(name, out var left) ? left : null,
                after.TryGetProperty(name, out var right) ? right : null,
                differences);
        }
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
