using System.Text.Json;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks;

/// <summary>A call of the walk: what it is, where its arguments come from, what it answered.</summary>
/// <param name="Lookup">Whether it only finds out a key for the goal of its request.</param>
/// <param name="Origins">One per argument, in the order of the arguments.</param>
internal sealed record PlannedCall(
    PackageTool Tool, IReadOnlyList<SampledArgument> Arguments, IReadOnlyList<ArgumentOrigin> Origins, bool Lookup, bool Writes, string Result)
{
    /// <summary>The arguments as one JSON object.</summary>
    public JsonElement ToJson() => SampledCall.With(Arguments);
}
