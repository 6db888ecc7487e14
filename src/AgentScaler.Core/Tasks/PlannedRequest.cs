namespace AgentScaler.Tasks;

/// <summary>One request of the walk: lookups, then the goal.</summary>
/// <param name="FirstCall">0-based index of its first call in the task.</param>
/// <param name="Calls">Its calls; the last one is the goal.</param>
internal sealed record PlannedRequest(int FirstCall, IReadOnlyList<PlannedCall> Calls)
{
    /// <summary>The call the user wants.</summary>
    public PlannedCall Goal => Calls[^1];

    /// <summary>What decides whether that or another call is right; null where nothing does.</summary>
    public PlannedCondition? Condition { get; init; }
}
