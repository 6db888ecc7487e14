namespace AgentScaler.Campaigns;

/// <summary>One thing wrong with a campaign document.</summary>
/// <param name="Place">A JSON path such as <c>$.identity.graph.threshold</c>, or line and column where the text is no JSON.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What should.</param>
public sealed record CampaignError(string Place, string Found, string Expected)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Place}: found {Found}, expected {Expected}";
}
