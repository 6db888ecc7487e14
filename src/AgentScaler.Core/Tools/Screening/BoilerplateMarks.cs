using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Tools.Schemas;

namespace AgentScaler.Tools.Screening;

/// <summary>
/// Marks parameters that most tools of a provider share (API versions, paging, formatting): they say nothing about what a tool is for, yet
/// dominate any similarity. A path parameter names a thing and is never marked.
/// </summary>
internal static class BoilerplateMarks
{
    /// <summary>Fewest tools of a provider whose shares mean anything.</summary>
    private const int MinimumTools = 8;

    /// <summary>Puts each tool's marked form in its place.</summary>
    public static void Apply(List<ToolSpec> tools, double share)
    {
        var shared = tools
            .GroupBy(t => t.Source.Provider, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Shared([.. group], share), StringComparer.Ordinal);
        foreach (ref var tool in CollectionsMarshal.AsSpan(tools))
        {
            tool = Mark(tool, shared[tool.Source.Provider]);
        }
    }

    private static HashSet<string> Shared(IReadOnlyList<ToolSpec> tools, double share)
    {
        if (tools.Count < MinimumTools)
        {
            return [];
        }

        return tools
            .SelectMany(t => Properties(t).Where(p => !IsPath(p.Value)).Select(p => p.Name))
            .CountBy(name => name, StringComparer.Ordinal)
            .Where(use => use.Value > share * tools.Count)
            .Select(use => use.Key)
            .ToHashSet(StringComparer.Ordinal);
    }

    private static ToolSpec Mark(ToolSpec tool, HashSet<string> shared)
    {
        if (shared.Count == 0 || !Properties(tool).Any(p => shared.Contains(p.Name) && !IsPath(p.Value)))
        {
            return tool;
        }

        var parameters = JsonObject.Create(tool.Parameters)!;
        foreach (var (name, property) in (JsonObject)parameters["properties"]!)
        {
            if (shared.Contains(name) && property is JsonObject schema && (string?)schema["x-in"] != "path")
            {
                schema["x-boilerplate"] = true;
            }
        }

        return tool with { Parameters = ParameterObject.Canonical(parameters) };
    }

    private static JsonElement.ObjectEnumerator Properties(ToolSpec tool) => tool.Parameters.GetProperty("properties").EnumerateObject();

    private static bool IsPath(JsonElement property) => property.TryGetProperty("x-in", out var where) && where.ValueEquals("path");
}
