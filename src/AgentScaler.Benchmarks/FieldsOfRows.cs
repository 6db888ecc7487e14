using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Benchmarks;

/// <summary>The fields of a collection whose data comes without a schema: those its rows have, with the types of their values.</summary>
internal static class FieldsOfRows
{
    /// <summary>The fields in the order they first come in; a field is required if every row has it.</summary>
    public static IReadOnlyList<FieldSpec> Read(IEnumerable<JsonElement> rows)
    {
        var types = new OrderedDictionary<string, (SortedSet<string> Types, int Count)>(StringComparer.Ordinal);
        var total = 0;
        foreach (var row in rows.Where(row => row.ValueKind == JsonValueKind.Object))
        {
            total++;
            foreach (var field in row.EnumerateObject())
            {
                var (known, count) = types.GetValueOrDefault(field.Name, ([], 0));
                known.Add(TypeOf(field.Value));
                types[field.Name] = (known, count + 1);
            }
        }

        return [.. types.Select(field => new FieldSpec(field.Key, Schema(field.Value.Types), Required: field.Value.Count == total))];
    }

    private static JsonElement Schema(SortedSet<string> types) => JsonSerializer.SerializeToElement(
        types.Count == 1 ? new Dictionary<string, object> { ["type"] = types.Min! } : new Dictionary<string, object> { ["type"] = types }, ArtifactJson.Options);

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        _ => "null",
    };
}
