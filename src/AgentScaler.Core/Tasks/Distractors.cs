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

/// <summary>
/// Rows that differ from an existing one in their name only, so that a careless agent picks the wrong one. Rows that others count, and rows keyed by something else, get none: one more
/// would belie what the state says.
/// </summary>
internal static class Distractors
{
    private const int MostRows = 2;

    /// <summary>The rows that a walk finds by what they are called, first those that a lookup finds; without any, those that the user names by their keys.</summary>
    public static IReadOnlyList<RowKey> TargetsOf(IReadOnlyList<(PlannedRequest Planned, UserRequest Spoken)> walk)
    {
        var calls = walk.SelectMany(request => request.Planned.Calls).ToList();
        var named = calls.SelectMany(call => call.Arguments.Zip(call.Origins)).Where(pair => pair.First.Collection is not null && pair.Second.Step is { } step && calls[step].Lookup && FindsByName(calls[step])).ToList();
        var keys = named.Count > 0 ? named : calls.SelectMany(call => call.Arguments.Zip(call.Origins)).Where(pair => pair.First.Role == ArgumentRole.Key && pair.Second.Kind == OriginKind.User);
        return [.. keys.Select(pair => new RowKey(pair.First.Collection!, StoredKey.Of(pair.First.Value))).Distinct()];
    }

    /// <summary>Whether a lookup finds its row by its name, not by another value that a distractor would have too.</summary>
    private static bool FindsByName(PlannedCall lookup) => lookup.Arguments.All(argument => argument.Role != ArgumentRole.Filter);

    /// <summary>Draws up to two distractors; sorted by collection and key.</summary>
    /// <param name="targets">The rows to be mistaken for, most wanted first.</param>
    public static IReadOnlyList<RowChange> Draw(EnvironmentPackage package, EnvironmentSession initial, IReadOnlyList<RowKey> targets, Seed seed)
    {
        var random = seed.Random();
        var values = new FieldValues(seed.Child("values"), package.Now, locales: package.Locales);
        var owners = new Owners(seed.Child("owners"), package.Now);
        var settled = ReferenceCounts.Of(package.Schema).Select(count => count.Counted.Name).Concat(SharedKeys.Of(package.Schema).Keys).ToHashSet(StringComparer.Ordinal);
        var changes = new List<RowChange>();
        foreach (var wanted in targets)
        {
            var collection = package.Schema.Find(wanted.Collection)!;
            if (changes.Count == MostRows || settled.Contains(collection.Name) || collection.Label is null || initial.Row(wanted.Collection, wanted.Key) is not { } target || CallSampler.LabelOf(collection, target) is not { } own)
            {
                continue;
            }

            var rows = initial.Rows(collection.Name).Select(row => row.Value).Where(row => CallSampler.LabelOf(collection, row) is not null).ToList();
            if (rows.Count < 2)
            {
                continue;
            }

            var label = Alike(own, CallSampler.LabelOf(collection, random.Pick(rows))!);
            if (rows.Any(row => CallSampler.LabelOf(collection, row) == label))
            {
                continue;
            }

            var key = KeyBeside(target.GetProperty(collection.Key), RowKeys.Free(collection, key => initial.Row(collection.Name, key) is not null, values, owners, random).Key);
            if (initial.Row(collection.Name, StoredKey.Of(key)) is not null)
            {
                continue;
            }

            var copy = JsonNode.Parse(target.GetRawText())!.AsObject();
            copy[collection.Key] = key.DeepClone();
            copy[collection.Label] = label;
            foreach (var unique in UniqueFields.Of(collection).Where(field => field.Name != collection.Label && copy[field.Name] is not null))
            {
                copy[unique.Name] = copy[unique.Name]!.GetValue<string>() + "2";
            }

            changes.Add(new RowChange(collection.Name, StoredKey.Of(key), JsonSerializer.SerializeToElement(copy)));
        }

        return [.. changes.OrderBy(change => change.Collection, StringComparer.Ordinal).ThenBy(change => change.Key, StringComparer.Ordinal)];
    }

    /// <summary>Whether a letter is of a script that puts no spaces between words.</summary>
    private static bool IsUnspaced(char letter) => char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.OtherLetter;

    /// <summary>A key with the place of another, where keys say it: the account of an ARN, the project and location of a resource name.</summary>
    private static JsonNode KeyBeside(JsonElement own, JsonNode key)
    {
        if (own.ValueKind != JsonValueKind.String || key.GetValueKind() != JsonValueKind.String)
        {
            return key;
        }

        var (place, name) = (own.GetString()!, key.GetValue<string>());
        var (end, start) = (place.LastIndexOfAny(['/', ':']) + 1, name.LastIndexOfAny(['/', ':']) + 1);
        return end == 0 || start == 0 ? key : JsonValue.Create($"{place[..end]}{name[start..]}");
    }

    /// <summary>The first label with a phrase of the other in place of its own: whom it is for, its first or last word; where they share all, with a number.</summary>
    private static string Alike(string label, string other)
    {
        if (label.IndexOf('@', StringComparison.Ordinal) is > 0 and var at)
        {
            return label[..at] + "2" + label[at..];
        }

        if (label.Length > 1 && other.Length > 1 && label.Concat(other).All(IsUnspaced))
        {
            // A name without spaces: the family name, and how the other one ends.
            var end = other[^1] == label[^1] ? other : label[..^1] + other[^1];
            return end != label ? end : label + "2";
        }

        const string Whom = " for ";
        var (own, others) = (label.IndexOf(Whom, StringComparison.Ordinal), other.IndexOf(Whom, StringComparison.Ordinal));
        if (own > 0 && others > 0)
        {
            return label[own..] != other[others..] ? label[..own] + other[others..] : label[..own] != other[..others] ? other[..others] + label[own..] : label + " 2";
        }

        var between = label.Contains(' ', StringComparison.Ordinal) ? ' ' : '-';
        var (words, spare) = (label.Split(between), other.Split(between));
        foreach (var i in words.Length == spare.Length && words.Length > 1 ? new[] { words.Length - 1, 0, 1 } : [])
        {
            if (words[i] != spare[i] && words[i].Length > 2 && spare[i].Length > 2)
            {
                words[i] = spare[i];
                return string.Join(between, words);
            }
        }

        return label + between + "2";
    }
}
