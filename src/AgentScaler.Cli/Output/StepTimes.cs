using AgentScaler.Campaigns;
using AgentScaler.Workflow;

namespace AgentScaler.Cli.Output;

/// <summary>
/// What steps take, and from that what is left of a run: each domain still has to be built, given tasks, rolled out and judged, at the mean of those before
/// it. Used under its owner's lock.
/// </summary>
/// <param name="parallelism">Steps at once.</param>
/// <param name="shards">Shards of tasks of an environment that gets all its tasks.</param>
internal sealed class StepTimes(int parallelism, int shards)
{
    private readonly SortedDictionary<string, StepTime> times = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> done = new(StringComparer.Ordinal);
    private long domains;
    private long rejected;

    /// <summary>By step, those that were run.</summary>
    public IReadOnlyDictionary<string, StepTime> Times => times;

    /// <summary>Takes note of a step that ended well.</summary>
    public void Add(StepProgress value)
    {
        done[value.Step] = done.GetValueOrDefault(value.Step) + 1;
        domains += value.Step == StepNames.FindDomains.Name ? value.Counts.GetValueOrDefault("domains") : 0;
        rejected += value.Step == StepNames.BuildEnvironment.Name ? value.Counts.GetValueOrDefault("environmentsRejected") : 0;
        if (value.Phase == StepPhase.Finished)
        {
            var before = times.GetValueOrDefault(value.Step) ?? new StepTime(0, 0);
            times[value.Step] = new StepTime(before.Steps + 1, Math.Round(before.Seconds + value.Elapsed.TotalSeconds, 3));
        }
    }

    /// <summary>What is left; null before each kind of long step has been run once, and when nothing is.</summary>
    public TimeSpan? Left()
    {
        if (domains == 0)
        {
            return null;
        }

        var environments = domains - rejected;
        double seconds = 0;
        foreach (var (step, expected, isLong) in new[]
        {
            (StepNames.BuildEnvironment.Name, domains, true),
            (StepNames.BuildTasks.Name, environments, true),
            (StepNames.RollOut.Name, environments * shards, true),
            (StepNames.Judge.Name, environments, false),
        })
        {
            var left = Math.Max(0, expected - done.GetValueOrDefault(step));
            if (times.TryGetValue(step, out var time))
            {
                seconds += left * time.Seconds / time.Steps;
            }
            else if (isLong && left > 0)
            {
                return null;
            }
        }

        return seconds > 0 ? TimeSpan.FromSeconds(seconds / parallelism) : null;
    }
}
