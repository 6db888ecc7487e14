namespace AgentScaler.Campaigns;

/// <summary>One event in the life of a step, for progress displays and for the run's record of times; never part of a dataset.</summary>
/// <param name="Instance">The workflow instance that asked for the step.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Inputs">References of its inputs.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
/// <param name="Elapsed">Time since this attempt started; zero when it starts.</param>
public sealed record StepProgress(string Instance, string Step, StepPhase Phase, IReadOnlyList<string> Inputs, int Attempt, TimeSpan Elapsed)
{
    /// <summary>The result's counts; empty unless finished or from the store.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = new SortedDictionary<string, long>(StringComparer.Ordinal);

    /// <summary>What went wrong, or null.</summary>
    public string? Fault { get; init; }
}
