using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks;

/// <summary>Rows that differ from an existing one in their name only, so that a careless agent picks the wrong one.</summary>
internal static class Distractors
{
    /// <summary>Draws up to two distractors; sorted by collection and key.</summary>
    public static IReadOnlyList<RowChange> Draw(EnvironmentPackage package, EnvironmentSession initial, Seed seed)
    {
        var random = seed.Random();
        var values = new FieldValues(seed.Child("values"), package.Now);
        var owners = new Owners(seed.Child("owners"), package.Now);
        var changes = new List<RowChange>();
        var labelled = package.Schema.Collections.Where(collection => collection.Label is not null).ToList();
        foreach (var collection in random.Shuffle(labelled).Take(2))
        {
            var rows = initial.Rows(collection.Name).Select(row => row.Value).Where(row => CallSampler.LabelOf(collection, row) is not null).ToList();
            if (rows.Count < 2)
            {
                continue;
            }

            var target = random.Pick(rows);
            var label = Alike(CallSampler.LabelOf(collection, target)!, CallSampler.LabelOf(collection, random.Pick(rows))!);
            if (rows.Any(row => CallSampler.LabelOf(collection, row) == label))
            {
                continue;
            }

            var key = RowKeys.Free(collection, key => initial.Row(collection.Name, key) is not null, values, owners, random).Key;
            var copy = JsonNode.Parse(target.GetRawText())!.AsObject();
            copy[collection.Key] = key.DeepClone();
            copy[collection.Label!] = label;
            changes.Add(new RowChange(collection.Name, StoredKey.Of(key), JsonSerializer.SerializeToElement(copy)));
        }

        return [.. changes.OrderBy(change => change.Collection, StringComparer.Ordinal).ThenBy(change => change.Key, StringComparer.Ordinal)];
    }

    /// <summary>The first label with one part of the other in place of its own; where they share all parts, with a number.</summary>
    private static string Alike(string label, string other)
    {
        if (label.IndexOf('@', StringComparison.Ordinal) is > 0 and var at)
        {
            return label[..at] + "2" + label[at..];
        }

        var between = label.Contains(' ', StringComparison.Ordinal) ? ' ' : '-';
        var (own, others) = (label.Split(between), other.Split(between));
        if (own.Length == 1)
        {
            return label + "-2";
        }

        for (var i = Math.Min(own.Length, others.Length) - 1; i >= 0; i--)
        {
            if (own[i] != others[i] && own[i].Length > 2 && others[i].Length > 2)
            {
                own[i] = others[i];
                return string.Join(between, own);
            }
        }

        return label + between + "2";
    }
}
