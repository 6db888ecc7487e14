using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>Wrong values for an argument that its tool takes: what the schema refuses is no mistake that an agent could make unseen.</summary>
internal static class OtherValues
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>The values, the nearest first: another of those listed, one that is changed a little, that of another row. None where the schema allows none of them.</summary>
    public static IEnumerable<JsonElement> Of(AuditedTask task, PackageTool tool, string parameter, JsonElement value)
    {
        var schema = tool.SchemaOf(parameter);
        var compiled = schema is { } declared ? JsonSchema.Compile(declared) : null;
        return Listed(schema).Concat(Changed(value, schema)).Concat(OfRows(task, tool, parameter)).Where(other => !CanonicalJson.AreEqual(other, value) && (compiled is null || compiled.Validate(other).Count == 0));
    }

    private static IEnumerable<JsonElement> Listed(JsonElement? schema) => Keyword(schema, "enum") is { ValueKind: JsonValueKind.Array } values ? values.EnumerateArray() : [];

    private static IEnumerable<JsonElement> Changed(JsonElement value, JsonElement? schema)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                // No other text has a form that is not known here.
                var format = Keyword(schema, "format") is { ValueKind: JsonValueKind.String } named ? named.GetString() : null;
                if ((format is null ? value.GetString() + "x" : format is "date" or "date-time" ? DayAfter(value.GetString()!) : null) is { } text)
                {
                    yield return JsonSerializer.SerializeToElement(text);
                }

                break;
            case JsonValueKind.True or JsonValueKind.False:
                yield return JsonSerializer.SerializeToElement(value.ValueKind == JsonValueKind.False);
                break;
            case JsonValueKind.Array:
                yield return value.GetArrayLength() == 0 ? JsonSerializer.SerializeToElement(new JsonArray("x")) : JsonSerializer.SerializeToElement(value.EnumerateArray().Skip(1));
                break;
            case JsonValueKind.Object:
                yield return JsonSerializer.SerializeToElement(new JsonObject { ["changed"] = true });
                break;
        }
    }

    /// <summary>A day or a moment one day later; null where a text begins with no day.</summary>
    private static string? DayAfter(string text) =>
        text.Length >= Day.Length && DateOnly.TryParseExact(text[..Day.Length], Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue
            ? day.AddDays(1).ToString(Day, CultureInfo.InvariantCulture) + text[Day.Length..]
            : null;

    /// <summary>What the rows that a tool works on hold where the argument goes, or by which it finds them.</summary>
    private static IEnumerable<JsonElement> OfRows(AuditedTask task, PackageTool tool, string parameter)
    {
        var (binding, collection) = (tool.Binding, task.Package.Schema.Find(tool.Binding.Collection));
        var field = parameter == binding.KeyParameter ? collection?.Key : binding.Owners.GetValueOrDefault(parameter) ?? binding.Fields.GetValueOrDefault(parameter);
        return collection is null || field is null ? [] : task.Initial.Rows(collection.Name).Select(row => row.Value.TryGetProperty(field, out var held) ? held : default)
            .Where(held => held.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null));
    }

    private static JsonElement? Keyword(JsonElement? schema, string name) =>
        schema is { ValueKind: JsonValueKind.Object } declared && declared.TryGetProperty(name, out var value) ? value : null;
}
