using System.Text.Json;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Schemas;

namespace AgentScaler.Tools.ToolLists;

/// <summary>Reads the schemas of one function: its arguments from <c>parameters</c>, its result from <c>returns</c>.</summary>
internal sealed class FunctionSchemas(ProblemList problems)
{
    private readonly SchemaBudget budget = new(SchemaBudget.PerTool);

    /// <summary>Why the parameters can't be read, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>The properties of the parameters' schema; empty if there is none, or it is no object's.</summary>
    public IReadOnlyList<SchemaMember> Parameters(JsonElement function, JsonPlace place)
    {
        if (!function.TryGetProperty("parameters", out var parameters) || parameters.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        var at = place.Down("parameters");
        if (parameters.ValueKind != JsonValueKind.Object)
        {
            Fault = $"parameters are {parameters.ValueKind}, expected the JSON Schema of an object";
            return [];
        }

        var schemas = new SchemaReader(new References(parameters, at, problems), problems, budget, SchemaUse.Argument);
        var merged = schemas.Merge(new SchemaPart(parameters, at));
        if (SchemaType.Of(merged) is { } type and not "object")
        {
            Fault = $"parameters have the type {type}, expected object";
            return [];
        }

        return [.. schemas.Members(merged, 1).Where(m => m.Name.Length > 0)];
    }

    /// <summary>The normal form of <c>returns</c>, or null if there is none.</summary>
    public JsonElement? Returns(JsonElement function, JsonPlace place)
    {
        if (!function.TryGetProperty("returns", out var returns) || returns.ValueKind is not (JsonValueKind.Object or JsonValueKind.True))
        {
            return null;
        }

        var at = place.Down("returns");
        var schemas = new SchemaReader(new References(returns, at, problems), problems, budget, SchemaUse.Result);
        return schemas.Read(new SchemaPart(returns, at), 0) is { } result ? ParameterObject.Canonical(result) : null;
    }
}
