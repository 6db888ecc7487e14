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

    /// <summary>The row that a key among some arguments names; null if none does.</summary>
    internal static RowKey? RowOf(IEnumerable<SampledArgument> arguments) =>
        arguments.FirstOrDefault(argument => argument.Role == ArgumentRole.Key) is { } key ? new RowKey(key.Collection!, StoredKey.Of(key.Value)) : null;

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
