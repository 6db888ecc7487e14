using System.Text.Json;
using AgentScaler.Environments;

namespace AgentScaler.Benchmarks.TauBench;

/// <summary>What the benchmark's environment answers an agent with.</summary>
public static class Observation
{
    /// <summary>The text: a result's own, or JSON as Python writes it; a fault as <c>Error: ...</c>, a tool that is not there as <c>Unknown action ...</c>.</summary>
    public static string Of(TauBenchAction action, ToolResult result)
    {
        if (result.ErrorCode == "unknown_tool")
        {
            return "Unknown action " + action.Name;
        }

        if (result.IsError)
        {
            using var error = JsonDocument.Parse(result.Content);
            return "Error: " + error.RootElement.GetProperty("error").GetProperty("message").GetString();
        }

        return result.Content.StartsWith('"') ? JsonSerializer.Deserialize<string>(result.Content)! : result.Content;
    }
}
