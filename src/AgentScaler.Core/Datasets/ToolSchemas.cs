using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Json;

namespace AgentScaler.Datasets;

/// <summary>Compiled argument schemas of the tools of records, kept per list of tools: all trajectories of an environment have the same.</summary>
internal sealed class ToolSchemas
{
    /// <summary>Lists of tools kept; a dataset has one an environment.</summary>
    private const int MostKept = 256;

    private readonly Dictionary<string, IReadOnlyDictionary<string, JsonSchema>> kept = new(StringComparer.Ordinal);

    /// <summary>Tool name to schema of its arguments.</summary>
    /// <param name="report">Told path and expectation of whatever is wrong with the list.</param>
    public IReadOnlyDictionary<string, JsonSchema> Of(JsonElement tools, Action<string, string> report)
    {
        var key = Sha256Text.Of(tools.GetRawText());
        if (kept.TryGetValue(key, out var known))
        {
            return known;
        }

        var schemas = new Dictionary<string, JsonSchema>(StringComparer.Ordinal);
        var sound = true;
        var position = 0;
        foreach (var tool in tools.EnumerateArray())
        {
            var path = $"$.tools[{position++}]";
            if (Problem(tool, schemas) is { } problem)
            {
                sound = false;
                report(path, problem);
            }
        }

        // A broken list is looked at again in every row, so that every row reports it.
        if (sound)
        {
            if (kept.Count == MostKept)
            {
                kept.Clear();
            }

            kept[key] = schemas;
        }

        return schemas;
    }

    private static string? Problem(JsonElement tool, Dictionary<string, JsonSchema> schemas)
    {
        if (tool.ValueKind != JsonValueKind.Object
            || !tool.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("function")
            || !tool.TryGetProperty("function", out var function) || function.ValueKind != JsonValueKind.Object
            || !function.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String
            || !function.TryGetProperty("parameters", out var parameters))
        {
            return "expected {\"type\":\"function\",\"function\":{name, description, parameters}}";
        }

        try
        {
            return schemas.TryAdd(name.GetString()!, JsonSchema.Compile(parameters)) ? null : $"expected each tool once, found '{name.GetString()}' again";
        }
        catch (JsonException e)
        {
            return $"expected a JSON Schema in function.parameters: {e.Message}";
        }
    }
}
