using AgentScaler.Funnel;

namespace AgentScaler.Benchmarks.TauBench;

/// <summary>A scored conversation of tau-bench as the funnel sees it.</summary>
/// <param name="Task">The task's id.</param>
/// <param name="Variant">How the conversation was made, as its recording says.</param>
/// <param name="Reward">The official reward, 1 or 0.</param>
/// <param name="ActionsRight">The official word on the database; null where none was recorded.</param>
/// <param name="OutputsSaid">The official word on the texts required; null where none was recorded.</param>
/// <param name="Parts">What the funnel finds of state, calls and outputs.</param>
/// <param name="Verdict">The funnel's verdict.</param>
/// <param name="ReadOnlyGold">Whether gold leaves the database as it was.</param>
public sealed record TauBenchVerdict(
    string Task, string Variant, double Reward, bool? ActionsRight, bool? OutputsSaid, RewardParts Parts, Verdict Verdict, bool ReadOnlyGold)
{
    /// <summary>Whether state and outputs are judged as the benchmark judges them.</summary>
    public bool AgreesOnParts => (Parts.State && Parts.Outputs) == (Reward == 1) && (ActionsRight is null || ActionsRight == Parts.State) && (OutputsSaid is null || OutputsSaid == Parts.Outputs);

    /// <summary>Whether the funnel keeps what the benchmark rewards and nothing else.</summary>
    public bool AgreesOnVerdict => Verdict.Kept == (Reward == 1);
}
