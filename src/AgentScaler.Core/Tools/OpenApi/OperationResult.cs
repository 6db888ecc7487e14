using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Schemas;

namespace AgentScaler.Tools.OpenApi;

/// <summary>Reads the schema of an operation's result: of the first success response that has one.</summary>
internal sealed class OperationResult(References references, SchemaReader schemas)
{
    public JsonObject? Read(Operation operation)
    {
        if (operation.Value.Member("responses", JsonValueKind.Object) is not { } responses)
        {
            return null;
        }

        var place = operation.ValuePlace.Down("responses");
        foreach (var response in Successes(responses))
        {
            if (references.Follow(response.Value, place.Down(response.Name)) is ({ } value, { } at) && Schema(value, at) is { } part)
            {
                return schemas.Read(part, 0);
            }
        }

        return null;
    }

    /// <summary>OpenAPI 2 has the schema in the response itself.</summary>
    private static SchemaPart? Schema(JsonElement response, JsonPlace place) =>
        MediaTypes.Schema(response, place)
        ?? (response.TryGetProperty("schema", out var schema) ? new SchemaPart(schema, place.Down("schema")) : null);

    /// <summary>The 2xx responses by code, then <c>2XX</c>; <c>default</c> only where there are none, as it is mostly the error.</summary>
    private static List<JsonProperty> Successes(JsonElement responses)
    {
        var all = responses.EnumerateObject().ToList();
        var successes = all
            .Where(r => r.Name.Length == 3 && r.Name[0] == '2')
            .OrderBy(r => int.TryParse(r.Name, CultureInfo.InvariantCulture, out var code) ? code : 299)
            .ToList();
        return successes.Count > 0 ? successes : [.. all.Where(r => r.Name == "default")];
    }
}
