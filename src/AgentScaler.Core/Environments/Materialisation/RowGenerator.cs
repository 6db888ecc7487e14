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

    private const int OutsideValues = 5;

    /// <summary>A row with fewer fields than this besides its key holds even what is but guessed.</summary>
    private const int FewFields = 3;

    /// <summary>Generates the rows of every collection, sorted by collection and key.</summary>
    public static IReadOnlyList<RowData> Generate(EnvironmentSchema schema, EnvironmentSettings settings, Seed seed)
    {
        var rows = new List<(CollectionSpec Collection, JsonNode Key, JsonObject Row)>();
        var keys = new Dictionary<string, IReadOnlyList<JsonNode>>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var collection in schema.Collections)
        {
            var random = seed.Child(collection.Name).Child("keys").Random();
            var count = random.Between(settings.MinimumRows, settings.MaximumRows);
            counts[collection.Name] = count;
            keys[collection.Name] = Keys(collection, count, random);
        }

        foreach (var collection in schema.Collections)
        {
            var values = new FieldValues(seed.Child(collection.Name).Child("values"), settings.Now, whole: true);
            var random = seed.Child(collection.Name).Child("references").Random();
            var labels = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < counts[collection.Name]; i++)
            {
                var row = Row(collection, keys[collection.Name][i], keys, values, random, seed.Child("outside"));
                for (var attempt = 0; attempt < 8 && LabelOf(collection, row) is { } label && labels.Contains(label); attempt++)
                {
                    row = Row(collection, keys[collection.Name][i], keys, values, random, seed.Child("outside"));
                }

                Distinguish(row, collection, labels);
                rows.Add((collection, keys[collection.Name][i], row));
            }
        }

        ReferenceCounts.Set(schema, [.. rows.Select(row => (row.Collection, row.Row))]);
        return
        [
            .. rows.Select(row => new RowData(row.Collection.Name, StoredKey.Of(row.Key), JsonSerializer.SerializeToElement(row.Row)))
                .OrderBy(row => row.Collection, StringComparer.Ordinal).ThenBy(row => row.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether a field names something that has no collection here (<c>account_sid</c>): few values, shared by many rows.</summary>
    public static bool IsOutsideId(CollectionSpec collection, FieldSpec field) =>
        field.Name != collection.Key && field.References is null && ResultReader.TypeOf(field.Type) == "string" && FieldSchemas.EnumOf(field.Type).Count == 0
        && Words.Tokens(field.Name) is { Count: > 1 } tokens && tokens[^1] is "id" or "sid" or "uuid" or "uid";

    /// <summary>Keys of a collection's rows: short prefixed codes, or whole numbers where the schema says so.</summary>
    internal static IReadOnlyList<JsonNode> Keys(CollectionSpec collection, int count, SeededRandom random) => Keys(
        collection.Entity, ResultReader.TypeOf(collection.Fields.First(field => field.Name == collection.Key).Type) == "integer", count, random);

    private static List<JsonNode> Keys(string entity, bool integers, int count, SeededRandom random)
    {
        var prefix = string.Concat(entity.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => word[..Math.Min(word.Length, 3)]));
        var seen = new HashSet<int>();
        var keys = new List<JsonNode>(count);
        while (keys.Count < count)
        {
            var number = random.Between(1000, 999_999);
            if (seen.Add(number))
            {
                keys.Add(integers ? JsonValue.Create(number) : JsonValue.Create($"{prefix}_{number.ToString(CultureInfo.InvariantCulture)}"));
            }
        }

        return keys;
    }

    private static JsonObject Row(
        CollectionSpec collection, JsonNode key, Dictionary<string, IReadOnlyList<JsonNode>> keys, FieldValues values, SeededRandom random, Seed outside)
    {
        var row = new JsonObject();
        var unsure = new List<(string Name, JsonNode? Value)>();
        values.NextRow(collection.Entity, collection.Fields.Select(field => field.Name));
        foreach (var field in collection.Fields)
        {
            if (field.Name == collection.Key)
            {
                row[field.Name] = key.DeepClone();
            }
            else if (field.References is { } target && keys.TryGetValue(target, out var targets))
            {
                row[field.Name] = targets[random.Next(Math.Max(1, (int)(targets.Count * ReferencedShare)))].DeepClone();
            }
            else if (IsOutsideId(collection, field))
            {
                var words = Words.Tokens(field.Name);
                row[field.Name] = random.Pick(Keys(string.Join('_', words.SkipLast(1)), integers: false, OutsideValues, outside.Child(string.Join('_', words)).Random())).DeepClone();
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
