namespace AgentScaler.Environments.Calls;

/// <summary>Names one row.</summary>
public sealed record RowKey(string Collection, string Key);
