using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;
using Microsoft.Extensions.AI;

namespace AgentScaler.Episodes.Modelled;

/// <summary>An environment's tools as an agent's model sees them: as the dataset shows them.</summary>
internal static class AgentTools
{
    /// <summary>The declarations, in the order of the package.</summary>
    public static IReadOnlyList<AITool> Of(IEnumerable<PackageTool> tools) =>
        [.. tools.Select(tool => AIFunctionFactory.CreateDeclaration(tool.Name, tool.Spec.Description, Schema(tool)))];

    /// <summary>The schema of a tool's arguments without our own keywords.</summary>
    public static JsonElement Schema(PackageTool tool) => ToolSchemaText.Strip(tool.Spec.Parameters);
}
