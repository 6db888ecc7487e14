using AgentScaler.Funnel;
using AgentScaler.Funnel.Review;
using AgentScaler.Json;

namespace AgentScaler.Datasets;

/// <summary>What a person decided on a trajectory. Stands on every row of a reviewed dataset, and on none of the machine's own.</summary>
/// <param name="Decision"><c>none</c>, <c>accept</c>, <c>reject</c>, <c>quarantine-task</c> or <c>quarantine-tool</c>.</param>
/// <param name="Reason">Why, in the person's words; empty without a decision.</param>
/// <param name="By">Who; empty if nobody said so.</param>
/// <param name="Machine">What the machine said: <c>kept</c>, or stage and reason as <c>state-alignment: state-differs</c>.</param>
public sealed record TrajectoryReview(string Decision, string Reason, string By, string Machine)
{
    /// <summary>The decision on an episode beside the machine's verdict.</summary>
    internal static TrajectoryReview Of(ReviewEntry? decision, Verdict machine) => new(
        decision is null ? FaultEffects.None : EnumWord.Of(decision.Decision),
        decision?.Reason ?? string.Empty,
        decision?.By ?? string.Empty,
        machine.Kept ? "kept" : $"{EnumWord.Of(machine.Stage!.Value)}: {machine.Reason}");
}
