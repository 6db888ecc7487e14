using AgentScaler.Tasks.Wording;

namespace AgentScaler.Tasks.Abstention;

/// <summary>The requests of a task of which one must not simply be served.</summary>
/// <param name="Requests">In the order they are spoken; the abstaining one as it would be served.</param>
/// <param name="At">The position of that one; for a request without calls the position at which it is said.</param>
/// <param name="Abstention">What is known of it before it is worded.</param>
internal sealed record AbstainingPlan(IReadOnlyList<PlannedRequest> Requests, int At, RequestAbstention Abstention)
{
    /// <summary>How many calls of the abstaining request are gold; the rest is what the agent must not do.</summary>
    public required int GoldCalls { get; init; }

    /// <summary>The parameter that the user leaves out; null for none.</summary>
    public string? Withheld { get; init; }

    /// <summary>What is wanted that no tool does, and of what; null where a tool is wanted.</summary>
    public (LackedDeed Deed, string Collection, string Name, bool IsLabel)? Lacked { get; init; }
}
