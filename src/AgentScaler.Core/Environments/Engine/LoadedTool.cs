using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>A tool ready to be called.</summary>
/// <param name="Index">Its number in every isolate of the environment.</param>
/// <param name="Schema">Compiled from its parameters.</param>
/// <param name="Program">Its program, checked.</param>
internal sealed record LoadedTool(int Index, PackageTool Tool, JsonSchema Schema, CheckedProgram Program)
{
    /// <summary>Whether its calls have lately been slow; shared by all sessions, and of no consequence but for speed.</summary>
    public ToolPace Pace { get; } = new();
}
