using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Json;
using AgentScaler.Tasks;

namespace AgentScaler.Funnel;

/// <summary>
/// Compares the calls an agent made with gold's: names and arguments under canonical-loose equality. A call that failed and changed
/// nothing neither helps nor harms, so it is left out: the paper keeps episodes that recover from errors.
/// </summary>
internal static class GoldCallMatch
{
    public static Rejection? Check(EpisodeRecord episode, TaskSpec task, EnvironmentPackage package, MatchMode mode)
    {
        var made = Made(episode, package);
        var gold = Gold(task, package);
        if (made.Count == 0 && gold.Count > 0)
        {
            return new(FunnelReasons.NoCalls, Attribution.Agent, "no call succeeded");
        }

        var matches = mode switch
        {
            MatchMode.Strict => made.Select(call => call.Key).SequenceEqual(gold.Select(call => call.Key)),
            MatchMode.UnorderedReads => ReadsSorted(made).SequenceEqual(ReadsSorted(gold)),
            MatchMode.SupersetReads => IsSuperset(made, gold),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "no such match mode"),
        };
        return matches ? null : Difference(made, gold);
    }

    /// <summary>Which writes were made and not asked for, and the other way round.</summary>
    public static string DescribeWrites(EpisodeRecord episode, TaskSpec task, EnvironmentPackage package)
    {
        var (missing, extra) = Differences(
            Made(episode, package).Where(call => call.Writes), Gold(task, package).Where(call => call.Writes));
        return missing.Count + extra.Count == 0
            ? "the same writes, in another order or to another effect"
            : string.Join("; ", missing.Select(call => "not made: " + call.Key).Concat(extra.Select(call => "not asked for: " + call.Key)));
    }

    private static List<Call> Made(EpisodeRecord episode, EnvironmentPackage package)
    {
        // Where a call failed for no fault of its own there is room for the read that works when it is made again.
        var made = new List<Call?>();
        var failed = new List<(string Key, int At)>();
        foreach (var call in episode.Calls)
        {
            var key = Key(call.Tool, CanonicalJson.Write(call.Arguments));
            var place = failed.FindIndex(earlier => earlier.Key == key);
            if (call.IsError && call.RowsChanged == 0)
            {
                if (episode.ToolFault?.Explains(call) == true && place < 0)
                {
                    failed.Add((key, made.Count));
                    made.Add(null);
                }

                continue;
            }

            // It stands where it was first made: those that share its message were not made before it.
            var one = new Call(call.Tool, key, call.RowsChanged > 0 || Writes(package, call.Tool));
            if (place >= 0 && !one.Writes)
            {
                made[failed[place].At] = one;
            }
            else
            {
                made.Add(one);
            }

            if (place >= 0)
            {
                failed.RemoveAt(place);
            }
        }

        return [.. made.OfType<Call>()];
    }

    private static List<Call> Gold(TaskSpec task, EnvironmentPackage package) =>
        [.. task.Gold.Select(call => new Call(
            call.Tool, Key(call.Tool, CanonicalJson.Write(call.Arguments)), call.Writes || Writes(package, call.Tool)))];

    private static string Key(string tool, string arguments) => tool + " " + arguments;

    private static bool Writes(EnvironmentPackage package, string tool) => package.Tools.Any(candidate => candidate.Name == tool && candidate.Writes);

    private static IEnumerable<string> ReadsSorted(List<Call> calls)
    {
        var reads = new List<string>();
        foreach (var call in calls)
        {
            if (!call.Writes)
            {
                reads.Add(call.Key);
                continue;
            }

            foreach (var read in reads.Order(StringComparer.Ordinal))
            {
                yield return read;
            }

            reads.Clear();
            yield return call.Key;
        }

        foreach (var read in reads.Order(StringComparer.Ordinal))
        {
            yield return read;
        }
    }

    /// <summary>Gold is a subsequence of what was made, and all else are reads. Taking each gold call at its first chance is optimal.</summary>
    private static bool IsSuperset(List<Call> made, List<Call> gold)
    {
        var next = 0;
        foreach (var call in made)
        {
            if (next < gold.Count && call.Key == gold[next].Key)
            {
                next++;
            }
            else if (call.Writes)
            {
                return false;
            }
        }

        return next == gold.Count;
    }

    private static Rejection Difference(List<Call> made, List<Call> gold)
    {
        var (missing, extra) = Differences(made, gold);
        var reason =
            extra.Any(call => call.Writes && missing.All(other => other.Tool != call.Tool)) ? FunnelReasons.ExtraWrite
            : missing.Count == 0 && extra.Count == 0 ? FunnelReasons.DifferentOrder
            : missing.Count == 0 ? FunnelReasons.ExtraCall
            : extra.Count == 0 ? FunnelReasons.MissingCall
            : missing.Select(call => call.Tool).Order(StringComparer.Ordinal)
                .SequenceEqual(extra.Select(call => call.Tool).Order(StringComparer.Ordinal)) ? FunnelReasons.DifferentArguments
            : FunnelReasons.DifferentCalls;
        var detail = reason == FunnelReasons.DifferentOrder
            ? "made: " + string.Join(", ", made.Select(call => call.Tool)) + "; gold: " + string.Join(", ", gold.Select(call => call.Tool))
            : string.Join("; ", missing.Select(call => "not made: " + call.Key).Concat(extra.Select(call => "not in gold: " + call.Key)));
        return new(reason, Attribution.Agent, detail);
    }

    private static (List<Call> Missing, List<Call> Extra) Differences(IEnumerable<Call> made, IEnumerable<Call> gold)
    {
        var extra = made.ToList();
        var missing = new List<Call>();
        foreach (var call in gold)
        {
            var at = extra.FindIndex(other => other.Key == call.Key);
            if (at < 0)
            {
                missing.Add(call);
            }
            else
            {
                extra.RemoveAt(at);
            }
        }

        return (missing, extra);
    }

    private sealed record Call(string Tool, string Key, bool Writes);
}
