namespace AgentScaler.Workflow;

/// <summary>What a step answers: references and a few counts, never payloads. A rejected item is a result too.</summary>
/// <param name="Output">Reference of the step's output.</param>
/// <param name="Items">References of the parts that the next step takes one by one; empty if there are none.</param>
/// <param name="Counts">Named counts for the status, e.g. <c>tools</c>, <c>environments</c>, <c>episodes</c>, <c>kept</c>.</param>
public sealed record StepResult(string Output, IReadOnlyList<string> Items, SortedDictionary<string, long> Counts)
{
    /// <summary>Why the campaign must wait before this can be done; null if it is done. Then there is no output, and the step is to be run again.</summary>
    public string? Halted { get; init; }

    /// <summary>No result yet: the campaign must wait first.</summary>
    public static StepResult Halt(string reason) => Of(string.Empty) with { Halted = reason };

    /// <summary>A result without items.</summary>
    public static StepResult Of(string output, params ReadOnlySpan<(string Name, long Count)> counts) => Of(output, [], counts);

    /// <summary>A result with items.</summary>
    public static StepResult Of(string output, IReadOnlyList<string> items, params ReadOnlySpan<(string Name, long Count)> counts)
    {
        var named = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in counts)
        {
            named[name] = count;
        }

        return new StepResult(output, items, named);
    }
}
