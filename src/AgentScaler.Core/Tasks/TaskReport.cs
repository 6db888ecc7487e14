namespace AgentScaler.Tasks;

/// <summary>What task construction did in one environment.</summary>
/// <param name="Proposed">Walks tried.</param>
/// <param name="Kept">Tasks that passed the audit.</param>
/// <param name="Dropped">Reason code to count, for the rest.</param>
/// <param name="ToolsCovered">Tools that some kept task calls.</param>
/// <param name="Tools">Tools of the environment.</param>
public sealed record TaskReport(int Proposed, int Kept, SortedDictionary<string, int> Dropped, int ToolsCovered, int Tools)
{
    /// <summary>The intents that a person gave, in the order given; they count among those proposed.</summary>
    public IReadOnlyList<IntentOutcome> Intents { get; init; } = [];
}
