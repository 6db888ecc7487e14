using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using AgentScaler.Json;

namespace AgentScaler.Campaigns;

/// <summary>The published JSON Schema of campaign documents, made from the settings themselves: members, types, ranges, defaults.</summary>
public static class CampaignSchema
{
    private static readonly JsonSchemaExporterOptions Exporting = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) => Complete(context, node),
    };

    /// <summary>The schema (draft 2020-12) as indented JSON with a line feed at its end.</summary>
    public static string Text()
    {
        var schema = (JsonObject)ArtifactJson.Options.GetJsonSchemaAsNode(typeof(CampaignDocument), Exporting);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "AgentScaler campaign");
        return schema.ToJsonString(new JsonSerializerOptions(ArtifactJson.Options) { WriteIndented = true }) + "\n";
    }

    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.PropertyInfo is not { } property || node is not JsonObject schema)
        {
            return node;
        }

        if (Expectation.Attribute<RangeAttribute>(property) is { } range)
        {
            schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = JsonValue.Create(Expectation.Number(range.Minimum));
            if (range.Maximum is not double.MaxValue)
            {
                schema["maximum"] = JsonValue.Create(Expectation.Number(range.Maximum));
            }
        }

        if (Expectation.Attribute<StringLengthAttribute>(property) is { } length)
        {
            schema["minLength"] = length.MinimumLength;
            schema["maxLength"] = length.MaximumLength;
        }

        if (context.TypeInfo.Kind == System.Text.Json.Serialization.Metadata.JsonTypeInfoKind.None)
        {
            var settings = Activator.CreateInstance(property.DeclaringType);
            if (property.Get!(settings!) is { } value)
            {
                schema["default"] = JsonSerializer.SerializeToNode(value, property.PropertyType, ArtifactJson.Options);
            }
            else if (schema["type"] is JsonArray types)
            {
                // What may be left out is left out; nobody writes null.
                schema["type"] = types.First(type => (string?)type != "null")!.DeepClone();
            }
        }

        return schema;
    }
}
