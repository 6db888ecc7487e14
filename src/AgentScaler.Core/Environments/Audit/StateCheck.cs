using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Audit;

/// <summary>Whether a state holds together: every reference names a row, every changed row fits its collection.</summary>
internal sealed class StateCheck
{
    private readonly EnvironmentSchema schema;
    private readonly Dictionary<string, JsonSchema> rows;

    /// <summary>Compiles the schemas of the rows.</summary>
    public StateCheck(EnvironmentSchema schema)
    {
        this.schema = schema;
        rows = schema.Collections.ToDictionary(collection => collection.Name, RowSchema, StringComparer.Ordinal);
    }

    /// <summary>The first reference of any row that points to no row, or null.</summary>
    public string? BrokenReference(EnvironmentSession session) => schema.Collections
        .SelectMany(collection => session.Rows(collection.Name).Select(row => BrokenReference(session, collection, row.Key, row.Value)))
        .FirstOrDefault(broken => broken is not null);

    /// <summary>The first reference that the session's changes broke, or null.</summary>
    public string? BrokenByChanges(EnvironmentSession session)
    {
        foreach (var change in session.Changes)
        {
            var collection = schema.Find(change.Collection)!;
            var broken = change.Row is { } row
                ? BrokenReference(session, collection, change.Key, row)
                : schema.Collections.Where(other => other.Fields.Any(field => field.References == collection.Name))
                    .SelectMany(other => session.Rows(other.Name).Select(held => BrokenReference(session, other, held.Key, held.Value)))
                    .FirstOrDefault(found => found is not null);
            if (broken is not null)
            {
                return broken;
            }
        }

        return null;
    }

    /// <summary>The first changed row that does not fit its collection's fields, or null.</summary>
    public string? Misfit(EnvironmentSession session) => session.Changes.Where(change => change.Row is not null)
        .Select(change => rows[change.Collection].Validate(change.Row!.Value) is { Count: > 0 } misfits ? $"{change.Collection}/{change.Key}: {misfits[0]}" : null)
        .FirstOrDefault(misfit => misfit is not null);

    private static string? BrokenReference(EnvironmentSession session, CollectionSpec collection, string key, JsonElement row)
    {
        foreach (var field in collection.Fields.Where(field => field.References is not null))
        {
            if (row.TryGetProperty(field.Name, out var held) && held.ValueKind is JsonValueKind.String or JsonValueKind.Number
                && session.Row(field.References!, StoredKey.Of(held)) is null)
            {
                return $"{collection.Name}/{key}.{field.Name} = {held.GetRawText()} names no row of {field.References}";
            }
        }

        return null;
    }

    /// <summary>The schema of a collection's rows.</summary>
    public static JsonSchema RowSchema(CollectionSpec collection)
    {
        var properties = new JsonObject();
        foreach (var field in collection.Fields)
        {
            properties[field.Name] = field.Type.ValueKind == JsonValueKind.Object ? JsonNode.Parse(field.Type.GetRawText()) : new JsonObject();
        }

        return JsonSchema.Compile(JsonSerializer.SerializeToElement(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. collection.Fields.Where(field => field.Required).Select(field => JsonValue.Create(field.Name))]),
        }));
    }
}
