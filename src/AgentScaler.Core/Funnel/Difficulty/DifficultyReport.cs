namespace AgentScaler.Funnel.Difficulty;

/// <summary>How hard tasks have proved in all. Mistakes made on purpose by scripted parties shape it: of such episodes it says what was injected, not how hard a task is.</summary>
/// <param name="Tasks">Tasks with episodes.</param>
/// <param name="Bands">From easy to hard; bands without tasks among them, except <see cref="DifficultyBand.Untried"/>.</param>
/// <param name="PassK">For k from 1 to the largest number of trials of a task.</param>
public sealed record DifficultyReport(long Tasks, IReadOnlyList<BandCounts> Bands, IReadOnlyList<PassKMean> PassK)
{
    /// <summary>No tasks.</summary>
    public static DifficultyReport Empty { get; } = Of([]);

    /// <summary>Adds up tasks; the means are summed in the order given.</summary>
    public static DifficultyReport Of(IEnumerable<TaskDifficulty> tasks)
    {
        var bands = Enum.GetValues<DifficultyBand>().Select(band => new BandCounts(band, 0, 0, 0, 0)).ToArray();
        var sums = new List<(long Tasks, double Sum)>();
        long count = 0;
        foreach (var task in tasks)
        {
            count++;
            var band = bands[(int)task.Band];
            bands[(int)task.Band] = band with { Tasks = band.Tasks + 1, Trials = band.Trials + task.Trials, Passed = band.Passed + task.Passed, Kept = band.Kept + task.Kept };
            foreach (var (i, chance) in task.PassK.Index())
            {
                if (i == sums.Count)
                {
                    sums.Add((0, 0));
                }

                sums[i] = (sums[i].Tasks + 1, sums[i].Sum + chance);
            }
        }

        return new DifficultyReport(
            count,
            [.. bands.Where(band => band.Tasks > 0 || band.Band != DifficultyBand.Untried)],
            [.. sums.Select((sum, i) => new PassKMean(i + 1, sum.Tasks, sum.Sum / sum.Tasks))]);
    }
}
