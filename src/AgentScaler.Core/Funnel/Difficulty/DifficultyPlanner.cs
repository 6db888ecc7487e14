using AgentScaler.Json;

namespace AgentScaler.Funnel.Difficulty;

/// <summary>
/// Plans further trials. A band whose share of kept trajectories is below the one wanted gets trials for its own tasks, one each in turn, until they should
/// give what is missing; unsolved tasks are tried again where hard ones are thin. What trials can't give, new tasks must.
/// </summary>
public static class DifficultyPlanner
{
    private const string ScriptedNotice =
        "Made from scripted episodes: the mistakes injected into them shape the bands, so this plan says what was injected, not how hard tasks are. ";

    private const string Notice =
        "Put moreTrials into the campaign document as identity.episodes.moreTrials and run it into a new folder: trials already made come out the same, with a shared repliesFolder no model is asked for them again.";

    /// <summary>As many as a campaign document takes.</summary>
    private const int MostTrials = 100;

    private static readonly DifficultyBand[] Solved = [DifficultyBand.Easy, DifficultyBand.Medium, DifficultyBand.Hard];

    /// <summary>Plans for all tasks of a dataset.</summary>
    /// <param name="tasks">Sorted by id.</param>
    /// <param name="already">Further trials that the campaign made by an earlier plan; those planned here come on top of them.</param>
    /// <param name="scripted">Whether the episodes were scripted.</param>
    public static DifficultyPlan Plan(IReadOnlyList<TaskDifficulty> tasks, DifficultySettings settings, IReadOnlyDictionary<string, int>? already, bool scripted)
    {
        var more = new SortedDictionary<string, (int Count, string Why)>(StringComparer.Ordinal);
        foreach (var task in tasks.Where(task => task.Trials < settings.MinimumTrials))
        {
            Add(task, Math.Min(settings.MinimumTrials - task.Trials, LimitOf(task)), "too-few-trials");
        }

        var kept = tasks.Sum(task => (long)task.Kept);
        var bands = new List<BandPlan>();
        foreach (var band in Solved)
        {
            var there = tasks.Where(task => task.Band == band).Sum(task => (long)task.Kept);
            var wanted = (long)Math.Ceiling((settings.ShareOf(band) * kept) - 1e-9);
            var expected = there < wanted ? Fill(band, wanted - there) : 0;
            var missing = wanted - there - expected;
            var newTasks = missing <= 1e-9 ? 0 : (long)Math.Ceiling(missing / YieldOf(band));
            bands.Add(new BandPlan(band, wanted, there, expected, newTasks, newTasks > 0 ? Advice(band) : null));
        }

        var byId = tasks.ToDictionary(task => task.Task, StringComparer.Ordinal);
        var total = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (task, count) in already ?? new Dictionary<string, int>())
        {
            total[task] = count;
        }

        foreach (var (task, plan) in more)
        {
            total[task] = total.GetValueOrDefault(task) + plan.Count;
        }

        return new DifficultyPlan(
            (scripted ? ScriptedNotice : string.Empty) + Notice,
            bands,
            [.. more.Select(pair => new PlannedTrials(pair.Key, byId[pair.Key].Environment, byId[pair.Key].Band, pair.Value.Count, pair.Value.Count * RateOf(byId[pair.Key]), pair.Value.Why))],
            total);

        double Fill(DifficultyBand band, long missing)
        {
            var open = tasks.Where(task => task.Band == band || (band == DifficultyBand.Hard && task.Band == DifficultyBand.Unsolved))
                .OrderBy(task => task.Trials).ThenBy(task => task.Task, StringComparer.Ordinal).ToList();
            var expected = open.Sum(task => more.GetValueOrDefault(task.Task).Count * RateOf(task));
            while (open.Count > 0 && expected < missing - 1e-9)
            {
                open.RemoveAll(task => more.GetValueOrDefault(task.Task).Count >= LimitOf(task));
                foreach (var task in open.TakeWhile(_ => expected < missing - 1e-9))
                {
                    Add(task, 1, $"thin-{EnumWord.Of(band)}");
                    expected += RateOf(task);
                }
            }

            return Math.Min(expected, missing);
        }

        int LimitOf(TaskDifficulty task) => Math.Clamp(MostTrials - (already?.GetValueOrDefault(task.Task) ?? 0), 0, settings.MaximumMoreTrials);

        void Add(TaskDifficulty task, int count, string why)
        {
            if (count > 0)
            {
                var before = more.GetValueOrDefault(task.Task);
                more[task.Task] = (before.Count + count, before.Why ?? why);
            }
        }

        // What a new task of a band should give: what its tasks gave so far, or as much as the middle of the band where there are none.
        double YieldOf(DifficultyBand band)
        {
            var these = tasks.Where(task => task.Band == band).ToList();
            return these.Count > 0 ? Math.Max(these.Average(task => task.Kept), 0.25) : 1;
        }
    }

    /// <summary>The chance that a further trial is kept; a task never solved has that of one more success in two more trials (Laplace).</summary>
    private static double RateOf(TaskDifficulty task) => task.Passed == 0 ? 1.0 / (task.Trials + 2) : task.Passed / (double)task.Trials;

    private static string Advice(DifficultyBand band) => band switch
    {
        DifficultyBand.Hard => "harder tasks: raise identity.tasks.longShare and identity.tasks.conditionalShare, and identity.tasks.perEnvironment",
        DifficultyBand.Easy => "easier tasks: lower identity.tasks.longShare and identity.tasks.maximumCalls, and raise identity.tasks.perEnvironment",
        _ => "more tasks: raise identity.tasks.perEnvironment",
    };
}
