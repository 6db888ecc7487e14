namespace AgentScaler.Models.Checks;

/// <summary>What one cheap call told of a role's model.</summary>
/// <param name="Role">The role.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Address">The endpoint's address.</param>
/// <param name="Works">Whether the role can be played.</param>
/// <param name="Found">What was found, e.g. <c>calls tools</c>, <c>gives structured output</c>; or what went wrong.</param>
/// <param name="Advice">What to do, or null.</param>
public sealed record RoleCheck(string Role, string Model, Uri Address, bool Works, string Found, string? Advice)
{
    /// <summary>Seconds until the answer.</summary>
    public double Seconds { get; init; }

    /// <summary>Tokens of request and answer; 0 if there was none.</summary>
    public long Tokens { get; init; }

    /// <summary>What it cost, USD; 0 also where no price is set.</summary>
    public decimal Usd { get; init; }

    /// <summary>Most tokens of a request and its answer, as the endpoint says; null if it does not.</summary>
    public long? ContextTokens { get; init; }
}
