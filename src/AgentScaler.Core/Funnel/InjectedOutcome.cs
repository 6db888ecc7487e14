using AgentScaler.Episodes;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Tasks;

namespace AgentScaler.Funnel;

/// <summary>The ground truth of one episode, against which the funnel is measured.</summary>
/// <param name="Kinds">Kinds of the mistakes that were made on purpose; empty in a clean episode.</param>
/// <param name="ReadOnlyGold">Whether gold leaves the state as it was.</param>
/// <param name="StateError">Whether a mistake was made and the episode's calls leave other rows than gold's (<see cref="StateTruth"/>).</param>
public sealed record InjectedOutcome(IReadOnlyList<FaultKind> Kinds, bool ReadOnlyGold, bool StateError)
{
    /// <summary>How a tool failed in it; null where all worked.</summary>
    public ToolFaultKind? Failed { get; init; }

    /// <summary>The ground truth of an episode of a task.</summary>
    public static InjectedOutcome Of(EpisodeRecord episode, TaskSpec task, StateTruth truth) => new(
        [.. episode.Faults.Select(fault => fault.Kind).Distinct()], TaskUnderFault.Of(task, episode).IsReadOnly, episode.Faults.Count > 0 && truth.Differs(episode, task))
    {
        Failed = episode.ToolFault?.Kind,
    };
}
