using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Json;
using AgentScaler.Tools.Prose;
using AgentScaler.Tools.Python;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.ToolLists;

/// <summary>
/// Rewrites the ways in which people declare parameters and results as JSON Schema: maps of names to types, lists of named parameters, types in
/// prose, signatures, JSON or Python inside strings.
/// </summary>
/// <param name="marks">What silence about being required means.</param>
internal sealed class LooseSchema(RequirementMarks marks)
{
    private const int MaximumDepth = 40;

    private static readonly string[] Combinations = ["allOf", "anyOf", "oneOf", "prefixItems"];

    private static readonly string[] Maps = ["$defs", "definitions", "patternProperties"];

    /// <summary>The schema of an object whose properties are the declared parameters, or null if the value declares none.</summary>
    /// <param name="required">Names that are declared as required beside the parameters.</param>
    public JsonObject? Object(JsonElement value, IEnumerable<string> required, int depth = 0)
    {
        var schema = depth > MaximumDepth ? null : value.ValueKind switch
        {
            JsonValueKind.Object when IsSchema(value) => Schema(value, depth) as JsonObject,
            JsonValueKind.Object => OfMap(value, depth),
            JsonValueKind.Array => OfList(value, marks, depth),
            JsonValueKind.String => Inner(value) is { } inner ? Object(inner, [], depth + 1) : OfSignature(value.GetString()!),
            _ => null,
        };
        if (schema is not null)
        {
            Require(schema, required);
        }

        return schema;
    }

    /// <summary>The schema of two lists of parameters. Defaults of those that are needed are examples.</summary>
    public JsonObject OfLists(JsonElement? required, JsonElement? optional)
    {
        var schema = OfList(required, new RequirementMarks(true, false), 0);
        var properties = (JsonObject)schema["properties"]!;
        foreach (var property in properties.Select(member => member.Value).OfType<JsonObject>())
        {
            if (property["default"] is { } example)
            {
                property.Remove("default");
                property["example"] = example;
            }
        }

        foreach (var (name, property) in (JsonObject)OfList(optional, RequirementMarks.Explicit, 0)["properties"]!)
        {
            properties.TryAdd(name, property?.DeepClone());
        }

        return schema;
    }

    /// <summary>A schema in prose or in JSON, or <c>null</c> where anything goes.</summary>
    public JsonNode? Schema(JsonElement value, int depth = 0)
    {
        if (depth > MaximumDepth)
        {
            return new JsonObject();
        }

        return value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => JsonValue.Create(value.GetBoolean()),
            JsonValueKind.String => Inner(value) is { } inner ? Schema(inner, depth + 1) : OfProse(ProseType.Parse(value.GetString()!)),
            JsonValueKind.Array => value.EnumerateArray().Any(item => item.Text("name") is not null)
                ? OfList(value, RequirementMarks.Explicit, depth)
                : new JsonObject { ["type"] = "array" },
            JsonValueKind.Object when IsSchema(value) || !IsMap(value) => OfSchema(value, depth),
            JsonValueKind.Object => OfMap(value, depth),
            _ => new JsonObject(),
        };
    }

    /// <summary>Whether an object is a schema rather than a map of names to parameters.</summary>
    private static bool IsSchema(JsonElement value) =>
        value.Text("type") is not null
        || value.Member("type", JsonValueKind.Array) is not null
        || value.TryGetProperty("$ref", out _)
        || Combinations.Any(keyword => value.Member(keyword, JsonValueKind.Array) is not null)
        || (value.Member("properties", JsonValueKind.Object) is { } properties
            && properties.EnumerateObject().All(property => property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False));

    private static bool IsMap(JsonElement value) =>
        value.EnumerateObject().Any() && value.EnumerateObject().All(member => member.Value.ValueKind is JsonValueKind.Object);

    private static JsonElement? Inner(JsonElement text) =>
        text.GetString()!.Trim() is ['{' or '[', .., '}' or ']'] inner ? Reading.JsonText.TryParseInner(inner) ?? PythonLiteral.TryParse(inner) : null;

    private JsonObject OfMap(JsonElement map, int depth)
    {
        var entries = map.EnumerateObject().Select(member => (member.Name, member.Value));
        return OfEntries(entries, marks, depth);
    }

    private JsonObject OfList(JsonElement? list, RequirementMarks silent, int depth)
    {
        var entries = (list is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default(IEnumerable<JsonElement>) ?? [])
            .Select(item => (Name: item.ValueKind == JsonValueKind.String ? item.GetString()! : FunctionShape.NameOf(item) ?? "", item))
            .Where(entry => entry.Name.Length > 0)
            .Select(entry => (entry.Name, entry.item.ValueKind == JsonValueKind.String ? default : entry.item));
        return OfEntries(entries, silent, depth);
    }

    private JsonObject OfEntries(IEnumerable<(string Name, JsonElement Value)> entries, RequirementMarks silent, int depth)
    {
        var properties = new JsonObject();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        var required = new List<string>();
        foreach (var (name, value) in entries)
        {
            var property = value.ValueKind == JsonValueKind.Undefined ? new JsonObject() : Schema(value, depth + 1);
            var mark = (property as JsonObject)?["required"] is JsonValue known && known.TryGetValue<bool>(out var isRequired) ? isRequired : (bool?)null;
            if (property is JsonObject parameter && parameter["required"] is JsonValue)
            {
                parameter.Remove("required");
            }

            if (mark ?? (silent.SilentMeansRequired && !(silent.DefaultMeansOptional && (property as JsonObject)?.ContainsKey("default") == true)))
            {
                required.Add(name);
            }

            properties[name] = property;
        }

        Require(schema, required);
        return schema;
    }

    private static void Require(JsonObject schema, IEnumerable<string> names)
    {
        string[] all = [.. (schema["required"] as JsonArray ?? []).Select(name => name?.GetValueKind() == JsonValueKind.String ? name.GetValue<string>() : "").Concat(names).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        if (all.Length > 0)
        {
            schema["required"] = new JsonArray([.. all.Select(name => JsonValue.Create(name))]);
        }
    }

    private JsonObject OfSchema(JsonElement value, int depth)
    {
        var schema = new JsonObject();
        foreach (var member in value.EnumerateObject())
        {
            switch (member.Name)
            {
                case "type" when member.Value.ValueKind == JsonValueKind.String:
                    break;
                case "desc":
                    schema.TryAdd("description", Plain(member.Value));
                    break;
                case "required" when Truth(member.Value) is { } isRequired:
                    schema["required"] = isRequired;
                    break;
                case "optional" when Truth(member.Value) is { } isOptional:
                    schema["required"] = !isOptional;
                    break;
                case "options" or "choices" or "allowed_values" when member.Value.ValueKind == JsonValueKind.Array:
                    schema["enum"] = Plain(member.Value);
                    break;
                case "properties" when member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array:
                    var properties = member.Value.ValueKind == JsonValueKind.Array
                        ? OfList(member.Value, RequirementMarks.Explicit, depth)
                        : OfEntries(member.Value.EnumerateObject().Select(property => (property.Name, property.Value)), RequirementMarks.Explicit, depth);
                    schema["properties"] = properties["properties"]!.DeepClone();
                    Require(schema, (properties["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()));
                    break;
                case "required" when member.Value.ValueKind == JsonValueKind.Array:
                    Require(schema, value.Texts("required"));
                    break;
                case "items" or "additionalProperties":
                    schema[member.Name] = Schema(member.Value, depth + 1);
                    break;
                case var name when Combinations.Contains(name, StringComparer.Ordinal) && member.Value.ValueKind == JsonValueKind.Array:
                    schema[name] = new JsonArray([.. member.Value.EnumerateArray().Select(item => Schema(item, depth + 1))]);
                    break;
                case var name when Maps.Contains(name, StringComparer.Ordinal) && member.Value.ValueKind == JsonValueKind.Object:
                    schema[name] = new JsonObject(member.Value.EnumerateObject().DistinctBy(one => one.Name, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Name, Schema(one.Value, depth + 1))));
                    break;
                default:
                    schema[member.Name] = Plain(member.Value);
                    break;
            }
        }

        if (value.Text("type") is { } type)
        {
            foreach (var (name, part) in OfProse(ProseType.Parse(type)))
            {
                schema.TryAdd(name, part?.DeepClone());
            }
        }

        return schema;
    }

    private static JsonObject OfProse(ProseType type)
    {
        var schema = new JsonObject();
        if (type.Name is not null)
        {
            schema["type"] = type.Name;
        }

        if (type.Format is not null)
        {
            schema["format"] = type.Format;
        }

        if (type.Values is { } values)
        {
            schema["enum"] = new JsonArray([.. values.Select(value => type.Name == "integer" ? JsonNode.Parse(value) : JsonValue.Create(value))]);
        }

        if (type.Items is { } items && type.Name is "array" or "object")
        {
            schema[type.Name == "array" ? "items" : "additionalProperties"] = OfProse(type.Items!);
        }

        if (type.IsRequired is { } isRequired)
        {
            schema["required"] = isRequired;
        }

        if (type.Description is { } description)
        {
            schema["description"] = description;
        }

        return schema;
    }

    /// <summary>The parameters of <c>(name: str, count: int = 3)</c>; those with a default are not needed.</summary>
    private static JsonObject? OfSignature(string text)
    {
        if (Signature.Parse(text) is not { } parameters)
        {
            return null;
        }

        var properties = new JsonObject();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        foreach (var (name, type, _) in parameters)
        {
            var property = OfProse(ProseType.Parse(type));
            property.Remove("required");
            properties[name] = property;
        }

        Require(schema, parameters.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name));
        return schema;
    }

    private static bool? Truth(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString()!.Trim().ToLowerInvariant() switch
        {
            "true" or "yes" or "required" => true,
            "false" or "no" or "optional" => false,
            _ => null,
        },
        _ => null,
    };

    /// <summary>A copy; of repeated keys the last counts.</summary>
    private static JsonNode? Plain(JsonElement value) => JsonNode.Parse(CanonicalJson.Write(value));
}
