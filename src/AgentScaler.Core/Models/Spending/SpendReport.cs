namespace AgentScaler.Models.Spending;

/// <summary>What a campaign has spent on models, over all its runs.</summary>
/// <param name="Roles">By role and model, e.g. <c>agent gpt-4.1-mini</c>.</param>
/// <param name="Total">The sum.</param>
public sealed record SpendReport(SortedDictionary<string, Spend> Roles, Spend Total);
