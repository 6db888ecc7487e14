using AgentScaler.Models;

namespace AgentScaler.Campaigns.Preview;

/// <summary>What a role's model took in a preview, and will take.</summary>
/// <param name="Role">The role.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Per">What <paramref name="Usage"/> grows with: <c>episode</c>, <c>domain</c> or <c>catalogue</c>.</param>
/// <param name="Usage">What all that was tried took.</param>
/// <param name="Usd">What that costs.</param>
/// <param name="ProjectedUsd">What the whole campaign costs.</param>
public sealed record PreviewRole(string Role, string Model, string Per, ModelUsage Usage, decimal Usd, decimal ProjectedUsd);
