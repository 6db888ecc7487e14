namespace AgentScaler.Models.Spending;

/// <summary>What a model's tokens cost.</summary>
/// <param name="Input">USD for a million input tokens.</param>
/// <param name="CachedInput">USD for a million input tokens that the endpoint had in its cache.</param>
/// <param name="Output">USD for a million output tokens.</param>
public sealed record Prices(decimal Input, decimal CachedInput, decimal Output)
{
    private const decimal Million = 1_000_000m;

    /// <summary>The prices of an endpoint.</summary>
    public static Prices Of(ModelEndpoint endpoint) =>
        new((decimal)endpoint.InputPrice, (decimal)(endpoint.CachedInputPrice ?? endpoint.InputPrice), (decimal)endpoint.OutputPrice);

    /// <summary>The cost of tokens, USD.</summary>
    public decimal Cost(ModelUsage usage)
    {
        // Some endpoints count cached tokens beside the others; nothing may cost less than nothing.
        var cached = Math.Clamp(usage.CachedInputTokens, 0, Math.Max(0, usage.InputTokens));
        return (((Math.Max(0, usage.InputTokens) - cached) * Input) + (cached * CachedInput) + (Math.Max(0, usage.OutputTokens) * Output)) / Million;
    }
}
