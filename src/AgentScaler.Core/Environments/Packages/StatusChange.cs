namespace AgentScaler.Environments.Packages;

/// <summary>A status transition.</summary>
/// <param name="Field">The status field.</param>
/// <param name="To">The value after it.</param>
/// <param name="From">The values from which it is allowed, sorted.</param>
public sealed record StatusChange(string Field, string To, IReadOnlyList<string> From);
