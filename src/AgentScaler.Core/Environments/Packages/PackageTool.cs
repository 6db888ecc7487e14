using System.Text.Json;
using System.Text.Json.Serialization;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Packages;

/// <summary>A tool of an environment: its specification, its program, and what the program does.</summary>
/// <param name="Spec">What the agent sees.</param>
/// <param name="Writes">Whether it is declared to write; the audit proves reads pure.</param>
/// <param name="Program">JavaScript: one function <c>(db, args, env)</c> that returns a JSON value or throws <c>env.error(code, message)</c>.</param>
/// <param name="Binding">How it maps to its collection.</param>
public sealed record PackageTool(ToolSpec Spec, bool Writes, string Program, ToolBinding Binding)
{
    /// <summary>The tool's callable name.</summary>
    public string Name => Spec.Name;

    /// <summary>Names of the parameters that a call must give.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Required =>
        Spec.Parameters.TryGetProperty("required", out var required) ? [.. required.EnumerateArray().Select(name => name.GetString()!)] : [];

    /// <summary>The schema of a parameter, or null if the tool takes none of that name.</summary>
    public JsonElement? SchemaOf(string parameter) =>
        Spec.Parameters.TryGetProperty("properties", out var properties) && properties.TryGetProperty(parameter, out var schema) ? schema : null;
}
