namespace AgentScaler.Funnel.Difficulty;

/// <summary>
/// What to do where a band of difficulty is thin: <c>dataset/difficulty.plan.json</c>. <see cref="MoreTrials"/> is what a campaign document takes as
/// <c>identity.episodes.moreTrials</c>; the trials that were made stay as they are, since each has its own seed.
/// </summary>
/// <param name="About">What a reader must know first.</param>
/// <param name="Bands">Easy, medium and hard.</param>
/// <param name="Tasks">Tasks to try again, sorted by id.</param>
/// <param name="MoreTrials">Task to further trials, for the campaign document.</param>
public sealed record DifficultyPlan(string About, IReadOnlyList<BandPlan> Bands, IReadOnlyList<PlannedTrials> Tasks, SortedDictionary<string, int> MoreTrials)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "difficulty.plan.json";
}
