namespace AgentScaler.Funnel.Difficulty;

/// <summary>How hard a task has proved: one line of <c>dataset/difficulty.jsonl</c>, sorted by task.</summary>
/// <param name="Task">The task's id.</param>
/// <param name="Environment">The environment's id.</param>
/// <param name="Trials">Episodes that count: all but those that the user, a tool or the task itself spoilt.</param>
/// <param name="Passed">Those that passed every stage, also if the quota of episodes with errors left them out afterwards.</param>
/// <param name="Kept">Those in the dataset.</param>
/// <param name="Spoilt">Episodes that do not count.</param>
/// <param name="Band">Where <paramref name="Passed"/> of <paramref name="Trials"/> puts it.</param>
/// <param name="PassK">pass^k for k from 1 to <paramref name="Trials"/>.</param>
public sealed record TaskDifficulty(
    string Task, string Environment, int Trials, int Passed, int Kept, int Spoilt, DifficultyBand Band, IReadOnlyList<double> PassK)
{
    /// <summary>The difficulty of a task by the verdicts on its episodes, the quota's among them.</summary>
    public static TaskDifficulty Of(string task, string environment, IEnumerable<Verdict> verdicts, DifficultySettings settings)
    {
        int trials = 0, passed = 0, kept = 0, spoilt = 0;
        foreach (var verdict in verdicts)
        {
            var reached = verdict.Kept || verdict.Stage == FunnelStage.Quota;
            trials += reached || verdict.Attribution == Attribution.Agent ? 1 : 0;
            passed += reached ? 1 : 0;
            kept += verdict.Kept ? 1 : 0;
            spoilt += reached || verdict.Attribution == Attribution.Agent ? 0 : 1;
        }

        return new TaskDifficulty(task, environment, trials, passed, kept, spoilt, settings.BandOf(trials, passed), Difficulty.PassK.All(trials, passed));
    }
}
