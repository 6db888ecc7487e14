using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Schemas;

namespace AgentScaler.Tools.ToolLists;

/// <summary>Reads the schemas of one function, its arguments and its result, whatever they are called and however they are written.</summary>
/// <param name="marks">What silence about being required means in the document.</param>
internal sealed class FunctionSchemas(ProblemList problems, RequirementMarks marks)
{
    private readonly SchemaBudget budget = new(SchemaBudget.PerTool);
    private readonly LooseSchema loose = new(marks);

    /// <summary>Why the parameters can't be read, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>The properties of the parameters' schema; empty if there is none, or it is no object's.</summary>
    public IReadOnlyList<SchemaMember> Parameters(JsonElement function, JsonPlace place)
    {
        JsonElement schema;
        JsonPlace at;
        if (FunctionShape.HasTwoLists(function))
        {
            at = place;
            schema = ParameterObject.Canonical(
                loose.OfLists(function.Member("required_parameters", JsonValueKind.Array), function.Member("optional_parameters", JsonValueKind.Array)));
        }
        else if (FunctionShape.Parameters(function) is not var (name, value))
        {
            return [];
        }
        else
        {
            at = place.Down(name);
            if (IsStrict(value))
            {
                schema = value;
            }
            else if (loose.Object(value, function.Texts("required")) is { } rewritten)
            {
                schema = ParameterObject.Canonical(rewritten);
            }
            else
            {
                Fault = $"parameters are {value.ValueKind}, expected the JSON Schema of an object, a map or list of parameters, or a signature";
                return [];
            }
        }

        var schemas = new SchemaReader(new References(schema, at, problems), problems, budget, SchemaUse.Argument);
        var merged = schemas.Merge(new SchemaPart(schema, at));
        if (SchemaType.Of(merged) is { } type and not "object")
        {
            Fault = $"parameters have the type {type}, expected object";
            return [];
        }

        return [.. schemas.Members(merged, 1).Where(m => m.Name.Length > 0)];
    }

    /// <summary>The normal form of the result, or null if there is none.</summary>
    public JsonElement? Returns(JsonElement function, JsonPlace place)
    {
        if (FunctionShape.Result(function) is not var (name, value) || value.ValueKind is JsonValueKind.Number or JsonValueKind.False)
        {
            return null;
        }

        var at = place.Down(name);
        var schema = value;
        if (!IsStrict(value) && value.ValueKind != JsonValueKind.True)
        {
            if (loose.Schema(value) is not JsonObject { Count: > 0 } rewritten || IsSilent(rewritten))
            {
                return null;
            }

            schema = ParameterObject.Canonical(rewritten);
        }

        var schemas = new SchemaReader(new References(schema, at, problems), problems, budget, SchemaUse.Result);
        return schemas.Read(new SchemaPart(schema, at), 0) is { } result ? ParameterObject.Canonical(result) : null;
    }

    /// <summary>JSON Schema that needs no rewriting: the types in it are read as people write them anyway.</summary>
    private static bool IsStrict(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && (value.Text("type") == "object" || value.TryGetProperty("$ref", out _) || value.TryGetProperty("allOf", out _))
        && (!value.TryGetProperty("properties", out var properties) || properties.ValueKind == JsonValueKind.Object);

    /// <summary>Words about a result that tell no type.</summary>
    private static bool IsSilent(JsonObject schema) => schema.All(member => member.Key is "description" or "required");
}
