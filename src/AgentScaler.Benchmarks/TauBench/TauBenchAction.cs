using System.Text.Json;

namespace AgentScaler.Benchmarks.TauBench;

/// <summary>A tool call, or an answer to the user (<see cref="Respond"/>).</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">Its arguments, an object.</param>
public sealed record TauBenchAction(string Name, JsonElement Arguments)
{
    /// <summary>The name under which the benchmark lists what an agent says; its argument is <c>content</c>.</summary>
    public const string Respond = "respond";
}
