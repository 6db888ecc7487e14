using AgentScaler.Funnel;
using AgentScaler.Funnel.Difficulty;

namespace AgentScaler.Datasets;

/// <summary>The verdicts on an environment's episodes, and what else is known of them once all are judged.</summary>
/// <param name="Verdicts">In the order of the episodes, the quota's and people's among them.</param>
/// <param name="Machine">The same without people's.</param>
/// <param name="Tasks">Episode to task.</param>
/// <param name="Sizes">Episode to about how many characters its trajectory has.</param>
/// <param name="Injected">Episode to what was done wrong in it on purpose.</param>
/// <param name="Generators">Who spoke.</param>
/// <param name="Difficulty">Task to how hard it proved, sorted; only of tasks with episodes.</param>
internal sealed record JudgedEpisodes(
    IReadOnlyList<Verdict> Verdicts,
    IReadOnlyList<Verdict> Machine,
    IReadOnlyDictionary<string, string> Tasks,
    IReadOnlyDictionary<string, long> Sizes,
    IReadOnlyDictionary<string, InjectedOutcome> Injected,
    IReadOnlyList<string> Generators,
    SortedDictionary<string, TaskDifficulty> Difficulty);
