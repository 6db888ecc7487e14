using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Tasks;

namespace AgentScaler.Datasets;

/// <summary>
/// Pairs the rejected episodes of a task, those that failed by the agent's fault, each with the kept episode that it shares the longest beginning with. They must part at
/// a message of the agent, and in what it was rejected for: where the state is wrong, in other writes; where words are the fault, in the message that has it; where one call is, in that call; else in other calls. What comes
/// before is the same for both: calls, results and what the user wants, best in the same words (<see cref="PairThread"/>).
/// </summary>
/// <param name="settings">What counts as repetition.</param>
/// <param name="most">Pairs a task may give; those in the same words stay, then those that part latest.</param>
internal sealed class PairBuilder(EnvironmentPackage package, IReadOnlyList<TrajectoryTool> tools, IReadOnlyList<string> licences, FunnelSettings settings, int most)
{
    /// <summary>Whether a verdict makes an episode the worse half of a pair.</summary>
    public static bool IsWorse(Verdict verdict) =>
        verdict is { Kept: false, Attribution: Attribution.Agent, Stage: not FunnelStage.Quota };

    /// <summary>The pairs of one task, and what became of its rejected episodes.</summary>
    public (IReadOnlyList<PreferencePair> Pairs, PairCounts Counts) Build(TaskSpec task, IReadOnlyList<(EpisodeRecord Episode, Verdict Verdict)> episodes)
    {
        var worse = Threads(IsWorse).ToList();
        var kept = worse.Count == 0 ? [] : Threads(verdict => verdict.Kept).ToList();
        var reasons = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var found = new List<(PreferencePair Pair, string Content)>();
        foreach (var thread in worse)
        {
            var (pair, reason) = kept.Count == 0 ? (null, PairReasons.NoneKept) : Best(kept, thread, new PairFault(task, package, settings, thread));
            if (reason is not null)
            {
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            }
            else
            {
                found.Add(pair!.Value);
            }
        }

        var pairs = new List<PreferencePair>();
        var contents = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (pair, content) in found.OrderByDescending(item => item.Pair.SameWords).ThenByDescending(item => item.Pair.Divergence).ThenBy(item => item.Pair.Rejected, StringComparer.Ordinal))
        {
            var reason = !contents.Add(content) ? PairReasons.Duplicate : pairs.Count == most ? PairReasons.OverCap : null;
            if (reason is null)
            {
                pairs.Add(pair);
            }
            else
            {
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            }
        }

        return (pairs, new PairCounts(worse.Count, pairs.Count, pairs.Count(pair => pair.SameWords), reasons));

        IEnumerable<PairThread> Threads(Func<Verdict, bool> wanted) => episodes.Where(item => wanted(item.Verdict))
            .OrderBy(item => item.Episode.Id, StringComparer.Ordinal).Select(item => new PairThread(item.Episode, item.Verdict, task));
    }

    /// <summary>The pair whose beginning is in the same words, then with the longest beginning; if there is none, why not with the kept episode that shares most.</summary>
    private ((PreferencePair, string)? Pair, string? Reason) Best(List<PairThread> kept, PairThread worse, PairFault fault)
    {
        var candidates = kept.Select(better => (Better: better, Shared: better.Shared(worse))).OrderByDescending(item => item.Shared)
            .Select(item => (item.Better, At: fault.Find(item.Better, item.Shared, out var reason), Reason: reason)).ToList();
        var (best, at, _) = candidates.Where(item => item.Reason is null)
            .OrderByDescending(item => item.Better.SharedWords(worse) >= item.At).ThenByDescending(item => item.At).FirstOrDefault();
        return best is null ? (null, candidates[0].Reason) : (Pair(best, worse, at), null);
    }

    private (PreferencePair Pair, string Content) Pair(PairThread better, PairThread worse, int at)
    {
        var (preferred, other) = (better.Turn(at), worse.Turn(at));
        var pair = new PreferencePair
        {
            Id = ContentId.Of("pair", better.Episode.Id, worse.Episode.Id),
            Environment = worse.Episode.Environment,
            Task = worse.Episode.Task,
            Chosen = better.Episode.Id,
            Rejected = worse.Episode.Id,
            Reason = worse.Verdict.Reason!,
            Divergence = at,
            SameWords = better.SharedWords(worse) >= at,
            Prompt = [.. better.Episode.Messages.Take(at).Select(TrajectoryComposer.Message)],
            Preferred = [.. preferred.Select(TrajectoryComposer.Message)],
            NonPreferred = [.. other.Select(TrajectoryComposer.Message)],
            Tools = tools,
            Licences = licences,
        };
        return (pair, string.Join('\n', better.Words.Take(at + preferred.Count).Concat(worse.Words.Skip(at).Take(other.Count))));
    }
}
