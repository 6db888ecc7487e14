namespace AgentScaler.Environments.Packages;

/// <summary>A task that a person gives with a package: what a user wants, request by request, with the calls that do it.</summary>
/// <param name="Requests">In the order the user speaks, at least one.</param>
public sealed record GivenIntent(IReadOnlyList<IntentRequest> Requests);
