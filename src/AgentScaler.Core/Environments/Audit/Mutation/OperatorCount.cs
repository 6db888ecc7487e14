namespace AgentScaler.Environments.Audit.Mutation;

/// <summary>How many mutants of one kind were made, and how many of them the audit noticed.</summary>
public sealed record OperatorCount(int Made, int Noticed);
