using AgentScaler.Episodes;

namespace AgentScaler.Funnel;

/// <summary>
/// What each kind of injected mistake is expected to do. Whether it did is another matter: two independent writes may be swapped without harm. So
/// the ground truth of an injected state error is that a mistake was made <i>and</i> the rows it leaves differ from gold's (<see cref="StateTruth"/>).
/// </summary>
public static class FaultEffects
{
    /// <summary>The word for an episode without injected mistakes, and for "no stage" in <see cref="ConfusionRow.Expected"/>.</summary>
    public const string None = "none";

    /// <summary>The stage meant to catch a kind; null where it does no harm.</summary>
    /// <param name="readOnlyGold">Whether gold leaves the state as it was; a wrong read only shows in the third stage.</param>
    public static FunnelStage? Expected(FaultKind kind, bool readOnlyGold) => kind switch
    {
        FaultKind.EarlyStop or FaultKind.Repetition or FaultKind.RepeatedReasoning or FaultKind.Unasked or FaultKind.UserLeak or FaultKind.UserInvention => FunnelStage.Validity,
        FaultKind.InvalidCallRecovered => null,
        FaultKind.WriteAndUndo => readOnlyGold ? FunnelStage.ExactMatch : null,
        FaultKind.NeedlessWrite or FaultKind.GuessedFact => FunnelStage.StateAlignment,
        FaultKind.AgainstPolicy or FaultKind.KeptSilent => FunnelStage.ExactMatch,
        FaultKind.WrongArgument or FaultKind.WrongOrder or FaultKind.SkippedStep =>
            readOnlyGold ? FunnelStage.ExactMatch : FunnelStage.StateAlignment,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };
}
