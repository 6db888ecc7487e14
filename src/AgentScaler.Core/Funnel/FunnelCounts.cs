using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Json;

namespace AgentScaler.Funnel;

/// <summary>The account of all stages: what came in, what went out, and why.</summary>
/// <param name="Episodes">Episodes judged.</param>
/// <param name="Kept">Episodes that passed everything.</param>
/// <param name="Stages">In the order of the funnel.</param>
public sealed record FunnelCounts(long Episodes, long Kept, IReadOnlyList<StageCounts> Stages)
{
    /// <summary>How tools failed in episodes by the episodes' seeds (<c>timeout</c>, <c>out-of-service</c>) to how many those are.</summary>
    public SortedDictionary<string, ToolFaultCount> ToolFaults { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Rejections of one stage.</summary>
    public long Rejected(FunnelStage stage) => Stages.Where(counts => counts.Stage == stage).Sum(counts => counts.In - counts.Out);

    /// <summary>Counts verdicts.</summary>
    public static FunnelCounts Of(IEnumerable<Verdict> verdicts)
    {
        var reasons = Enum.GetValues<FunnelStage>().ToDictionary(stage => stage, _ => Empty());
        var attributions = Enum.GetValues<FunnelStage>().ToDictionary(stage => stage, _ => Empty());
        long episodes = 0, kept = 0;
        foreach (var verdict in verdicts)
        {
            episodes++;
            if (verdict.Kept)
            {
                kept++;
                continue;
            }

            Add(reasons[verdict.Stage!.Value], verdict.Reason!, 1);
            Add(attributions[verdict.Stage.Value], verdict.Attribution!.Value.ToString().ToLowerInvariant(), 1);
        }

        return Chain(episodes, kept, reasons, attributions);
    }

    /// <summary>The account with what it says of failing tools.</summary>
    public FunnelCounts With(IEnumerable<(ToolFaultKind Failed, bool Kept)> episodes) => this with
    {
        ToolFaults = new SortedDictionary<string, ToolFaultCount>(
            episodes.GroupBy(episode => EnumWord.Of(episode.Failed), StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => new ToolFaultCount(group.LongCount(), group.LongCount(episode => episode.Kept)), StringComparer.Ordinal),
            StringComparer.Ordinal),
    };

    /// <summary>Adds up accounts.</summary>
    public static FunnelCounts Sum(IEnumerable<FunnelCounts> parts)
    {
        var reasons = Enum.GetValues<FunnelStage>().ToDictionary(stage => stage, _ => Empty());
        var attributions = Enum.GetValues<FunnelStage>().ToDictionary(stage => stage, _ => Empty());
        var failed = new SortedDictionary<string, ToolFaultCount>(StringComparer.Ordinal);
        long episodes = 0, kept = 0;
        foreach (var part in parts)
        {
            foreach (var (kind, count) in part.ToolFaults)
            {
                failed[kind] = failed.TryGetValue(kind, out var before) ? new ToolFaultCount(before.Episodes + count.Episodes, before.Kept + count.Kept) : count;
            }

            episodes += part.Episodes;
            kept += part.Kept;
            foreach (var stage in part.Stages)
            {
                foreach (var (reason, count) in stage.Reasons)
                {
                    Add(reasons[stage.Stage], reason, count);
                }

                foreach (var (attribution, count) in stage.Attributions)
                {
                    Add(attributions[stage.Stage], attribution, count);
                }
            }
        }

        return Chain(episodes, kept, reasons, attributions) with { ToolFaults = failed };
    }

    private static FunnelCounts Chain(
        long episodes,
        long kept,
        Dictionary<FunnelStage, SortedDictionary<string, long>> reasons,
        Dictionary<FunnelStage, SortedDictionary<string, long>> attributions)
    {
        var stages = new List<StageCounts>();
        var left = episodes;
        foreach (var stage in Enum.GetValues<FunnelStage>())
        {
            var passed = left - reasons[stage].Values.Sum();
            if (stage == FunnelStage.Review && passed == left)
            {
                continue;
            }

            stages.Add(new StageCounts(stage, left, passed, reasons[stage], attributions[stage]));
            left = passed;
        }

        return new FunnelCounts(episodes, kept, stages);
    }

    private static SortedDictionary<string, long> Empty() => new(StringComparer.Ordinal);

    private static void Add(SortedDictionary<string, long> counts, string key, long count) => counts[key] = counts.GetValueOrDefault(key) + count;
}
