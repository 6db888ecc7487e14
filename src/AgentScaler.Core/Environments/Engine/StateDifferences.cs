using System.Globalization;
using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>Compares two states of one environment row by row, objects within rows field by field, arrays place by place.</summary>
internal sealed class StateDifferences(NumberForm numbers)
{
    private readonly List<StateDifference> differences = [];

    /// <summary>The differences, sorted by path.</summary>
    public static IReadOnlyList<StateDifference> Between(SessionState before, SessionState after, NumberForm numbers)
    {
        var found = new StateDifferences(numbers);
        var rows = before.Changed().Concat(after.Changed())
            .Select(change => (change.Collection, change.Key))
            .Distinct()
            .OrderBy(row => row.Collection.Index)
            .ThenBy(row => row.Key, Comparer<string>.Create(CanonicalJson.CompareKeys));
        foreach (var (collection, key) in rows)
        {
            found.Compare(
                $"/{collection.Spec.Name}/{Escape(key)}", before.Find(collection.Index, key)?.Element, after.Find(collection.Index, key)?.Element);
        }

        return found.differences;
    }

    private void Compare(string path, JsonElement? before, JsonElement? after)
    {
        if (before is { } left && after is { } right)
        {
            if (left.ValueKind == JsonValueKind.Object && right.ValueKind == JsonValueKind.Object)
            {
                CompareFields(path, left, right);
                return;
            }

            if (left.ValueKind == JsonValueKind.Array && right.ValueKind == JsonValueKind.Array)
            {
                CompareItems(path, left, right);
                return;
            }

            if (CanonicalJson.AreEqual(left, right, numbers))
            {
                return;
            }
        }

        if (before is not null || after is not null)
        {
            differences.Add(new StateDifference(path, before, after));
        }
    }

    private void CompareItems(string path, JsonElement before, JsonElement after)
    {
        var (left, right) = (before.GetArrayLength(), after.GetArrayLength());
        for (var i = 0; i < Math.Max(left, right); i++)
        {
            Compare(string.Create(CultureInfo.InvariantCulture, $"{path}/{i}"), i < left ? before[i] : null, i < right ? after[i] : null);
        }
    }

    private void CompareFields(string path, JsonElement before, JsonElement after)
    {
        var names = before.EnumerateObject().Concat(after.EnumerateObject()).Select(JsonText.NameOf).Distinct().ToArray();
        Array.Sort(names, CanonicalJson.CompareKeys);
        foreach (var name in names)
        {
            Compare(
                $"{path}/{Escape(name)}",
                before.TryGetProperty(name, out var left) ? left : null,
                after.TryGetProperty(name, out var right) ? right : null);
        }
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
