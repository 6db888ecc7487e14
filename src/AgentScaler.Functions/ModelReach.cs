namespace AgentScaler.Functions;

/// <summary>Whether the app reaches models at all.</summary>
/// <param name="Any">Its settings name endpoints.</param>
public sealed record ModelReach(bool Any);
