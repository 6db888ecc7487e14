using AgentScaler.Funnel.Difficulty;

namespace AgentScaler.Reports;

/// <summary>The list of the episodes shown, column by column: what is needed to list, filter and search them without opening any.</summary>
internal sealed class ReportIndex
{
    /// <summary>Episode ids.</summary>
    public List<string> Ids { get; } = [];

    /// <summary>Place of the environment among the domains.</summary>
    public List<int> Domains { get; } = [];

    /// <summary>Place among <see cref="TaskList"/>.</summary>
    public List<int> Tasks { get; } = [];

    /// <summary>0-based trials.</summary>
    public List<int> Trials { get; } = [];

    /// <summary>Place among <see cref="StageWords"/>, or -1 where the episode was kept.</summary>
    public List<int> Stages { get; } = [];

    /// <summary>Place among <see cref="ReasonWords"/>, or -1.</summary>
    public List<int> Reasons { get; } = [];

    /// <summary>Place among <see cref="AttributionWords"/>, or -1.</summary>
    public List<int> Attributions { get; } = [];

    /// <summary>Places among <see cref="FaultWords"/>.</summary>
    public List<int[]> Faults { get; } = [];

    /// <summary>Places of the tools called among the domain's, each once, in the order of the first call; tools that do not exist are left out.</summary>
    public List<int[]> Tools { get; } = [];

    /// <summary>Calls made.</summary>
    public List<int> Calls { get; } = [];

    /// <summary>Calls that failed.</summary>
    public List<int> Errors { get; } = [];

    /// <summary>The block that holds the episode.</summary>
    public List<int> Chunks { get; } = [];

    /// <summary>The tasks of the episodes shown.</summary>
    public List<IndexedTask> TaskList { get; } = [];

    /// <summary>Stages that occur.</summary>
    public List<string> StageWords { get; } = [];

    /// <summary>Reasons that occur.</summary>
    public List<string> ReasonWords { get; } = [];

    /// <summary>Attributions that occur.</summary>
    public List<string> AttributionWords { get; } = [];

    /// <summary>Kinds of injected mistakes that occur.</summary>
    public List<string> FaultWords { get; } = [];

    /// <summary>The place of a word, which is added if it is new; -1 for null.</summary>
    public static int PlaceOf(List<string> words, string? word)
    {
        if (word is null)
        {
            return -1;
        }

        var place = words.IndexOf(word);
        if (place < 0)
        {
            place = words.Count;
            words.Add(word);
        }

        return place;
    }

    /// <summary>A task as the list knows it.</summary>
    /// <param name="Episodes">All its episodes, shown or not.</param>
    /// <param name="Trials">Those of them that count for its difficulty.</param>
    /// <param name="Passed">Those of these that passed.</param>
    internal sealed record IndexedTask(string Id, string Intent, bool ReadOnly, int Episodes, int Trials, int Passed, DifficultyBand Band);
}
