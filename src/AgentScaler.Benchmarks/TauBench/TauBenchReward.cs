namespace AgentScaler.Benchmarks.TauBench;

/// <summary>How the benchmark scores a conversation.</summary>
/// <param name="Reward">1 or 0.</param>
/// <param name="ActionsRight">Whether the database is as gold leaves it; null if the conversation did not end.</param>
/// <param name="GoldHash">The benchmark's hash of the database as gold leaves it; null if the conversation did not end.</param>
/// <param name="Outputs">Required text to whether the agent said it; null if the task requires none or the conversation did not end.</param>
public sealed record TauBenchReward(double Reward, bool? ActionsRight, string? GoldHash, IReadOnlyDictionary<string, bool>? Outputs)
{
    /// <summary>A conversation that did not end.</summary>
    public static TauBenchReward NotDone { get; } = new(0, null, null, null);
}
