using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Seeds an environment's initial state: rows with realistic values, references that hold, labels that name one row.</summary>
public static class RowGenerator
{
    /// <summary>Share of a collection's rows that others may refer to: the rest can be deleted without breaking a reference.</summary>
    private const double ReferencedShare = 0.7;

    /// <summary>A row with fewer fields than this besides its key holds even what is but guessed.</summary>
    private const int FewFields = 3;

    /// <summary>Keys of other rows that fields without a reference hold: few values, shared by many rows.</summary>
    private const int OutsideKeys = 4;

    /// <summary>Generates the rows of every collection, sorted by collection and key.</summary>
    public static IReadOnlyList<RowData> Generate(EnvironmentSchema schema, EnvironmentSettings settings, Seed seed)
    {
        var rows = new List<(CollectionSpec Collection, JsonObject Row)>();
        var owners = new Owners(seed.Child("outside"), settings.Now);
        var values = schema.Collections.ToDictionary(
            collection => collection.Name, collection => new FieldValues(seed.Child(collection.Name).Child("values"), settings.Now, whole: true, settings.Locales), StringComparer.Ordinal);
        var starts = Starts(schema, settings, seed, values, owners);
        foreach (var collection in schema.Collections)
        {
            var random = seed.Child(collection.Name).Child("references").Random();
            var labels = new HashSet<string>(StringComparer.Ordinal);
            foreach (var start in starts[collection.Name])
            {
                var row = Row(collection, start, starts, values[collection.Name], random, owners);
                for (var attempt = 0; attempt < 8 && LabelOf(collection, row) is { } label && labels.Contains(label); attempt++)
                {
                    row = Row(collection, start, starts, values[collection.Name], random, owners);
                }

                Distinguish(row, collection, labels);
                rows.Add((collection, row));
            }
        }

        OwnerChains.Settle(schema, rows, name => [.. rows.Where(row => row.Collection.Name == name).Select(row => row.Row).Take(Referable(starts[name].Count))], seed.Child("chains").Random());
        ReferenceCounts.Set(schema, rows);
        return
        [
            .. rows.Select(row => new RowData(row.Collection.Name, StoredKey.Of(row.Row[row.Collection.Key]!), JsonSerializer.SerializeToElement(row.Row)))
                .OrderBy(row => row.Collection, StringComparer.Ordinal).ThenBy(row => row.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>The keys of the rows to be made, by collection; those that are keys of something else are taken from there.</summary>
    private static Dictionary<string, IReadOnlyList<RowStart>> Starts(EnvironmentSchema schema, EnvironmentSettings settings, Seed seed, Dictionary<string, FieldValues> values, Owners owners)
    {
        var shared = SharedKeys.Of(schema);
        var starts = new Dictionary<string, IReadOnlyList<RowStart>>(StringComparer.Ordinal);
        foreach (var collection in schema.Collections.OrderBy(collection => shared.ContainsKey(collection.Name)))
        {
            var random = seed.Child(collection.Name).Child("keys").Random();
            var count = random.Between(settings.MinimumRows, settings.MaximumRows);
            starts[collection.Name] = shared.TryGetValue(collection.Name, out var source)
                ? [.. random.Shuffle(starts[source.Name]).Take(count).Select(start => start with { About = null })]
                : RowKeys.Draw(collection, count, values[collection.Name], owners, random);
        }

        foreach (var (name, source) in shared)
        {
            owners.Know(schema.Find(name)!.Key, [.. starts[source.Name].Take(OutsideKeys).Select(start => StoredKey.Of(start.Key))]);
        }

        return starts;
    }

    /// <summary>Whether a field names something that has no collection here (<c>account_sid</c>): few values, shared by many rows.</summary>
    public static bool IsOutsideId(CollectionSpec collection, FieldSpec field) =>
        field.Name != collection.Key && field.References is null && ResultReader.TypeOf(field.Type) == "string" && FieldSchemas.EnumOf(field.Type).Count == 0
        && Words.Tokens(field.Name) is { Count: > 1 } tokens && tokens[^1] is "id" or "sid" or "uuid" or "uid" or "arn";

    /// <summary>How many rows of a collection others may refer to.</summary>
    private static int Referable(int count) => Math.Max(1, (int)(count * ReferencedShare));

    private static JsonObject Row(
        CollectionSpec collection, RowStart start, Dictionary<string, IReadOnlyList<RowStart>> keys, FieldValues values, SeededRandom random, Owners owners)
    {
        var row = new JsonObject();
        var unsure = new List<(string Name, JsonNode? Value)>();
        values.NextRow(start.About ?? values.NewSubject(collection.Entity), collection.Fields.Select(field => field.Name));
        var references = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var field in collection.Fields.Where(field => field.Name != collection.Key))
        {
            if (field.References is { } target && keys.TryGetValue(target, out var targets))
            {
                references[field.Name] = targets[random.Next(Referable(targets.Count))].Key;
            }
        }

        var places = new RowPlaces(collection, start.Key, values.Current, references, owners, random);
        foreach (var field in collection.Fields)
        {
            if (field.Name == collection.Key)
            {
                row[field.Name] = start.Key.DeepClone();
            }
            else if (references.TryGetValue(field.Name, out var reference))
            {
                row[field.Name] = reference.DeepClone();
            }
            else if (places.Of(field) is { } place)
            {
                row[field.Name] = place;
            }
            else if (field.Required)
            {
                row[field.Name] = values.Value(field, collection.Entity);
            }
            else if (random.Chance(IsOfTheEnd(field.Name) ? 0.1 : 0.85))
            {
                if (values.TryValue(field.Name, field.Type, collection.Entity, out var value))
                {
                    row[field.Name] = value;
                }
                else
                {
                    unsure.Add((field.Name, value));
                }
            }
        }

        // A row that would say next to nothing says what it can.
        foreach (var (name, value) in unsure.Where(_ => row.Count <= FewFields))
        {
            row[name] = value;
        }

        StatusFacts.Apply(row, collection, field => values.Value(field, collection.Entity));
        Coherence.Apply(row, name => collection.Fields.First(field => field.Name == name) is { References: null } field && name != collection.Key ? field.Type : default);
        return row;
    }

    /// <summary>Whether a field tells of an end that few rows have met: their deletion, a failure.</summary>
    private static bool IsOfTheEnd(string name) => Words.Tokens(name).Any(word => word is "deleted" or "deletion" or "cancelled" or "canceled" or "archived" or "error" or "errors" or "failure" or "revoked");

    /// <summary>Makes the label of a row one of a kind.</summary>
    private static void Distinguish(JsonObject row, CollectionSpec collection, HashSet<string> labels)
    {
        if (LabelOf(collection, row) is not { } first)
        {
            return;
        }

        var most = collection.Fields.First(field => field.Name == collection.Label).Type.TryGetProperty("maxLength", out var bound) && bound.TryGetInt32(out var length) ? length : int.MaxValue;
        var text = first;
        for (var n = 2; !labels.Add(text); n++)
        {
            var number = $" {n.ToString(CultureInfo.InvariantCulture)}";
            text = first[..Math.Max(0, Math.Min(first.Length, most - number.Length))] + number;
        }

        row[collection.Label!] = text;
    }

    private static string? LabelOf(CollectionSpec collection, JsonObject row) =>
        collection.Label is { } label && row[label] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
