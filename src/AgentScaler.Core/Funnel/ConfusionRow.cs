namespace AgentScaler.Funnel;

/// <summary>What became of the episodes with one kind of injected mistake.</summary>
/// <param name="Fault">The kind as a kebab-case word, or <c>none</c>.</param>
/// <param name="ReadOnlyGold">Whether the tasks' gold leaves the state as it was.</param>
/// <param name="Expected">The stage meant to catch it: a stage's word, or <c>none</c> for a benign kind and for clean episodes.</param>
/// <param name="Episodes">All of them.</param>
/// <param name="Kept">Passed.</param>
/// <param name="RejectedValidity">Rejected by stage 1.</param>
/// <param name="RejectedState">Rejected by stage 2.</param>
/// <param name="RejectedMatch">Rejected by stage 3.</param>
/// <param name="RejectedQuota">Left out because the share of episodes with errors was full.</param>
/// <param name="StateErrors">How many truly ended in another state than gold's: a mistake may be harmless by luck.</param>
/// <param name="StateErrorsKept">How many of those were kept; anything but 0 is a hole in the funnel.</param>
public sealed record ConfusionRow(
    string Fault,
    bool ReadOnlyGold,
    string Expected,
    long Episodes,
    long Kept,
    long RejectedValidity,
    long RejectedState,
    long RejectedMatch,
    long RejectedQuota,
    long StateErrors,
    long StateErrorsKept)
{
    /// <summary>Two rows of the same kind added up.</summary>
    public ConfusionRow Plus(ConfusionRow other) => this with
    {
        Episodes = Episodes + other.Episodes,
        Kept = Kept + other.Kept,
        RejectedValidity = RejectedValidity + other.RejectedValidity,
        RejectedState = RejectedState + other.RejectedState,
        RejectedMatch = RejectedMatch + other.RejectedMatch,
        RejectedQuota = RejectedQuota + other.RejectedQuota,
        StateErrors = StateErrors + other.StateErrors,
        StateErrorsKept = StateErrorsKept + other.StateErrorsKept,
    };
}
