namespace AgentScaler.Environments.Packages;

/// <summary>One request of a given intent.</summary>
/// <param name="Text">What the user says, kept as given: every value that no earlier result shows, and no tool's name.</param>
/// <param name="Calls">The calls that serve it, in order, at least one.</param>
public sealed record IntentRequest(string Text, IReadOnlyList<IntentCall> Calls)
{
    /// <summary>What the user must be told: dotted paths in the result of the last call, array positions as numbers (<c>bikes.0.kind</c>). A request that only reads needs one at least.</summary>
    public IReadOnlyList<string> Tell { get; init; } = [];
}
