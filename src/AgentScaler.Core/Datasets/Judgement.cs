using AgentScaler.Funnel;

namespace AgentScaler.Datasets;

/// <summary>The judged episodes of one environment: <c>judgement.json</c>, the output of the funnel's step.</summary>
public sealed record Judgement
{
    /// <summary>The file's name within its step.</summary>
    public const string FileName = "judgement.json";

    /// <summary>Reference of the environment's outcome; its package stands beside it in <c>package/</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Reference of the tasks.</summary>
    public required string Tasks { get; init; }

    /// <summary>References of the shards of episodes.</summary>
    public required IReadOnlyList<string> Episodes { get; init; }

    /// <summary>Reference of the verdicts, one a line in the order of the episodes.</summary>
    public required string Verdicts { get; init; }

    /// <summary>Reference of the kept trajectories, sorted by id.</summary>
    public required string Kept { get; init; }

    /// <summary>Reference of the rejected trajectories, sorted by id.</summary>
    public required string Rejected { get; init; }

    /// <summary>Reference of the tasks' difficulties, sorted by task.</summary>
    public required string Difficulty { get; init; }

    /// <summary>Reference of the preference pairs, sorted by id.</summary>
    public required string Preferences { get; init; }

    /// <summary>What the funnel did.</summary>
    public required EnvironmentFunnel Funnel { get; init; }

    /// <summary>Injected mistake against verdict.</summary>
    public required ConfusionTable Confusion { get; init; }

    /// <summary>Who spoke, sorted.</summary>
    public required IReadOnlyList<string> Generators { get; init; }

    /// <summary>Licences of the environment's tools, sorted.</summary>
    public required IReadOnlyList<string> Licences { get; init; }
}
