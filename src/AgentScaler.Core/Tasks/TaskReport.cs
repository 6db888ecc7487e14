using AgentScaler.Tasks.Coverage;
using AgentScaler.Tasks.Verification;

namespace AgentScaler.Tasks;

/// <summary>What task construction did in one environment.</summary>
/// <param name="Proposed">Walks tried.</param>
/// <param name="Kept">Tasks that passed the audit.</param>
/// <param name="Dropped">Reason code to count, for the rest.</param>
/// <param name="Coverage">What they were to cover and what they cover.</param>
public sealed record TaskReport(int Proposed, int Kept, SortedDictionary<string, int> Dropped, CoverageReport Coverage)
{
    /// <summary>The file's name, beside that of the tasks.</summary>
    public const string FileName = "report.json";

    /// <summary>The intents that a person gave, in the order given; they count among those proposed.</summary>
    public IReadOnlyList<IntentOutcome> Intents { get; init; } = [];

    /// <summary>What the verifier said to changes of gold, all tasks together.</summary>
    public VerificationReport Verification { get; init; } = VerificationReport.Of([]);

    /// <summary>The same task by task: those kept, in their order, and those that left because of it.</summary>
    public IReadOnlyList<TaskVerification> Verified { get; init; } = [];

    /// <summary>What became of a model's wording; null where no model was asked.</summary>
    public RewriteReport? Rewrites { get; init; }
}
