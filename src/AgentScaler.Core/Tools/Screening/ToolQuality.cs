using System.Text.Json;

namespace AgentScaler.Tools.Screening;

/// <summary>How well a tool is described, as <see cref="ToolSpec.Quality"/> defines it.</summary>
internal static class ToolQuality
{
    private const int FullDescription = 12;

    public static double Of(string name, string description, JsonElement parameters, JsonElement? returns)
    {
        var properties = parameters.GetProperty("properties").EnumerateObject().ToList();
        var described = Share(properties, property => property.TryGetProperty("description", out _));
        var typed = Share(properties, property => property.TryGetProperty("type", out _));
        var words = Math.Min(1.0, (double)Words.Tokens(description).Count / FullDescription);
        var score = (0.30 * words) + (0.25 * described) + (0.15 * typed) + (0.20 * Result(returns)) + (Words.Tokens(name).Count > 1 ? 0.10 : 0);
        return Math.Round(score, 2, MidpointRounding.AwayFromZero);
    }

    private static double Share(List<JsonProperty> properties, Func<JsonElement, bool> has) =>
        properties.Count == 0 ? 1 : (double)properties.Count(property => has(property.Value)) / properties.Count;

    private static double Result(JsonElement? returns)
    {
        if (returns is not { } schema)
        {
            return 0;
        }

        var of = schema.TryGetProperty("items", out var items) ? items : schema;
        return of.TryGetProperty("properties", out _) || (of.TryGetProperty("type", out var type) && !type.ValueEquals("object")) ? 1 : 0.5;
    }
}
