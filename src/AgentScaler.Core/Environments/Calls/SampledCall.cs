using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Calls;

/// <summary>A valid call drawn from an environment's current state.</summary>
/// <param name="Arguments">Sorted by parameter.</param>
public sealed record SampledCall(PackageTool Tool, IReadOnlyList<SampledArgument> Arguments)
{
    /// <summary>The arguments as one JSON object.</summary>
    public JsonElement ToJson() => With(Arguments);

    /// <summary>A JSON object of some arguments.</summary>
    public static JsonElement With(IEnumerable<SampledArgument> arguments)
    {
        var value = new JsonObject();
        foreach (var argument in arguments)
        {
            value[argument.Parameter] = JsonNode.Parse(argument.Value.GetRawText());
        }

        return JsonSerializer.SerializeToElement(value);
    }
}
