namespace AgentScaler.Workflow;

/// <summary>The small document shown while a campaign runs.</summary>
/// <param name="Stage">The stage at work: a word of the pipeline, or <c>paused</c>, <c>cancelled</c>, <c>done</c>.</param>
/// <param name="Done">Pages finished.</param>
/// <param name="Total">Pages in all; 0 while not known.</param>
/// <param name="Counts">Sums of the steps' counts so far.</param>
public sealed record WorkflowStatus(string Stage, int Done, int Total, SortedDictionary<string, long> Counts)
{
    /// <summary>Why the campaign waits, where it does so by itself; else null.</summary>
    public string? Reason { get; init; }

    /// <summary>Before the first step.</summary>
    public static WorkflowStatus Initial => new("starting", 0, 0, new SortedDictionary<string, long>(StringComparer.Ordinal));

    /// <summary>This status with further counts added and another stage.</summary>
    public WorkflowStatus With(string stage, params IReadOnlyList<StepResult> results)
    {
        var counts = new SortedDictionary<string, long>(Counts, StringComparer.Ordinal);
        foreach (var result in results)
        {
            foreach (var (name, count) in result.Counts)
            {
                counts[name] = counts.GetValueOrDefault(name) + count;
            }
        }

        return this with { Stage = stage, Counts = counts };
    }
}
