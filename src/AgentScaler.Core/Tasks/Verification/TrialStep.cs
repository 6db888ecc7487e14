using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentScaler.Tasks.Verification;

/// <summary>A call that a trial makes.</summary>
/// <param name="Gold">The 0-based gold call in whose place it stands; null for one that gold lacks.</param>
/// <param name="Arguments">A JSON object.</param>
internal sealed record TrialStep(int? Gold, string Tool, JsonElement Arguments)
{
    /// <summary>The same call with another value for one argument.</summary>
    public TrialStep With(string parameter, JsonNode? value)
    {
        var arguments = JsonNode.Parse(Arguments.GetRawText())!.AsObject();
        arguments[parameter] = value;
        return this with { Arguments = JsonSerializer.SerializeToElement(arguments) };
    }
}
