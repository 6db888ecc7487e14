namespace AgentScaler.Funnel.Review;

/// <summary>
/// The decisions of people that stand, applied to the machine's verdicts. A quarantine goes before a decision on an episode: what a broken task or tool gave is
/// not saved by having been accepted before.
/// </summary>
public sealed class ReviewDecisions
{
    private readonly Dictionary<string, ReviewEntry> episodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReviewEntry> tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReviewEntry> tools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReviewEntry> applied = new(StringComparer.Ordinal);

    /// <summary>The decisions that stand after a log of them.</summary>
    /// <param name="log">In the order in which they were made.</param>
    public ReviewDecisions(IEnumerable<ReviewEntry> log)
    {
        foreach (var entry in log)
        {
            var kind = entry.Decision switch { ReviewDecision.QuarantineTask => tasks, ReviewDecision.QuarantineTool => tools, _ => episodes };
            if (entry.Undone)
            {
                kind.Remove(entry.Id);
            }
            else
            {
                kind[entry.Id] = entry;
            }
        }
    }

    /// <summary>The decisions that stand, by kind and id.</summary>
    public IReadOnlyList<ReviewEntry> Standing => [.. tools.Values.Concat(tasks.Values).Concat(episodes.Values).OrderBy(entry => entry.Decision).ThenBy(entry => entry.Id, StringComparer.Ordinal)];

    /// <summary>The name of a tool of an environment.</summary>
    public static string ToolId(string environment, string tool) => environment + "/" + tool;

    /// <summary>The verdict after what people decided.</summary>
    /// <param name="called">The tools that the episode calls.</param>
    public Verdict Apply(Verdict machine, string environment, string task, IReadOnlyList<string> called)
    {
        var entry = called.Select(tool => tools.GetValueOrDefault(ToolId(environment, tool))).FirstOrDefault(found => found is not null)
            ?? tasks.GetValueOrDefault(task) ?? episodes.GetValueOrDefault(machine.Episode);
        if (entry is null)
        {
            return machine;
        }

        applied[machine.Episode] = entry;
        var (reason, fault) = entry.Decision switch
        {
            ReviewDecision.Reject => (FunnelReasons.ReviewRejected, entry.Fault ?? Attribution.Agent),
            ReviewDecision.QuarantineTask => (FunnelReasons.TaskQuarantined, Attribution.Task),
            ReviewDecision.QuarantineTool => (FunnelReasons.ToolQuarantined, Attribution.Tool),
            _ => (null, default),
        };
        return reason is null
            ? new Verdict(machine.Episode, true, null, null, null, null)
            : new Rejection(reason, fault, $"{entry.Id}: {entry.Reason}").At(FunnelStage.Review, machine.Episode);
    }

    /// <summary>The decision that was applied to an episode; null if none was.</summary>
    public ReviewEntry? DecisionOn(Verdict machine) => applied.GetValueOrDefault(machine.Episode);
}
