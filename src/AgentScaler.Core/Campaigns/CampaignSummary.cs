using AgentScaler.Environments.Audit.Mutation;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Difficulty;
using AgentScaler.Tasks.Coverage;
using AgentScaler.Tasks.Verification;

namespace AgentScaler.Campaigns;

/// <summary>The table that closes a campaign.</summary>
/// <param name="Stages">In the order of the pipeline.</param>
/// <param name="Kept">Trajectories in the dataset.</param>
/// <param name="Mutation">How many changed programs the audits of the environments noticed; null where none were made.</param>
/// <param name="Confusion">Injected mistake against verdict; null where nobody injected any.</param>
public sealed record CampaignSummary(IReadOnlyList<StageSummary> Stages, long Kept, MutationReport? Mutation, ConfusionTable? Confusion)
{
    /// <summary>Intents that people gave and that made no task: environment, file, place, what was expected.</summary>
    public IReadOnlyList<string> IntentsLeftOut { get; init; } = [];

    /// <summary>What the verifier said to changes of the tasks' gold.</summary>
    public VerificationReport Verification { get; init; } = VerificationReport.Of([]);

    /// <summary>What the tasks were to cover and what they cover.</summary>
    public CoverageReport Coverage { get; init; } = new();

    /// <summary>How hard the tasks have proved.</summary>
    public DifficultyReport Difficulty { get; init; } = DifficultyReport.Empty;

    /// <summary>What became of the rejected episodes as halves of preference pairs.</summary>
    public PairCounts Pairs { get; init; } = PairCounts.Empty;

    /// <summary>Tasks that <c>identity.episodes.moreTrials</c> names and that are not there.</summary>
    public IReadOnlyList<string> UnknownTasks { get; init; } = [];

    /// <summary>How tools failed in episodes to how many those are.</summary>
    public SortedDictionary<string, ToolFaultCount> ToolFaults { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Its name, beside the dataset's manifest.</summary>
    public const string FileName = "summary.json";
}
