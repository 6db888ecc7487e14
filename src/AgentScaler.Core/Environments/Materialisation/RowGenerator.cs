using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Seeds an environment's initial state: rows with realistic values, references that hold, labels that name one row.</summary>
public static class RowGenerator
{
    /// <summary>Share of a collection's rows that others may refer to: the rest can be deleted without breaking a reference.</summary>
    private const double ReferencedShare = 0.7;

    private const int OutsideValues = 5;

    /// <summary>Generates the rows of every collection, sorted by collection and key.</summary>
    public static IReadOnlyList<RowData> Generate(EnvironmentSchema schema, EnvironmentSettings settings, Seed seed)
    {
        var rows = new List<RowData>();
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
            var values = new FieldValues(seed.Child(collection.Name).Child("values"), settings.Now);
            var random = seed.Child(collection.Name).Child("references").Random();
            var labels = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < counts[collection.Name]; i++)
            {
                var row = Row(collection, keys[collection.Name][i], keys, values, random, seed.Child("outside"));
                Distinguish(row, collection, labels);
                rows.Add(new RowData(collection.Name, StoredKey.Of(keys[collection.Name][i]), JsonSerializer.SerializeToElement(row)));
            }
        }

        return [.. rows.OrderBy(row => row.Collection, StringComparer.Ordinal).ThenBy(row => row.Key, StringComparer.Ordinal)];
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
            else if (field.Required || random.Chance(0.85))
            {
                row[field.Name] = values.Value(field, collection.Entity);
            }
        }

        return row;
    }

    /// <summary>Makes the label of a row one of a kind.</summary>
    private static void Distinguish(JsonObject row, CollectionSpec collection, HashSet<string> labels)
    {
        if (collection.Label is not { } label || row[label] is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
        {
            return;
        }

        var text = value.GetValue<string>();
        for (var n = 2; !labels.Add(text); n++)
        {
            text = $"{value.GetValue<string>()} {n.ToString(CultureInfo.InvariantCulture)}";
        }

        row[label] = text;
    }
}
