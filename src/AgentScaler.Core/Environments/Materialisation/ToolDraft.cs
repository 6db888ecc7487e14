using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>A tool on its way into an environment: what it does and where its result holds rows.</summary>
internal sealed record ToolDraft(ToolSpec Tool, Operation Operation, ResultShape Shape)
{
    /// <summary>The tool's parameters with their schemas, in document order.</summary>
    public IEnumerable<JsonProperty> Parameters => Tool.Parameters.GetProperty("properties").EnumerateObject();

    /// <summary>Names of the required parameters.</summary>
    public IReadOnlyList<string> Required { get; } = Tool.Parameters.TryGetProperty("required", out var required)
        ? [.. required.EnumerateArray().Select(name => name.GetString()!)]
        : [];

    /// <summary>Whether the tool changes its collection.</summary>
    public bool Writes => Operation.Kind is OperationKind.Create or OperationKind.Update or OperationKind.Delete or OperationKind.Status;

    /// <summary>Whether it selects rows rather than name one.</summary>
    public bool ReadsMany => Operation.Kind is OperationKind.List or OperationKind.Search;
}
