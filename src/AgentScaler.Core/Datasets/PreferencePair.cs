namespace AgentScaler.Datasets;

/// <summary>
/// A kept and a rejected episode of one task that share a beginning: what to prefer, and to what. One line of <c>dataset/preferences.jsonl</c>.
/// </summary>
public sealed record PreferencePair
{
    /// <summary>Id, a hash of both episodes' ids; lines are sorted by it.</summary>
    public required string Id { get; init; }

    /// <summary>The environment's id.</summary>
    public required string Environment { get; init; }

    /// <summary>The task's id.</summary>
    public required string Task { get; init; }

    /// <summary>Id of the kept episode.</summary>
    public required string Chosen { get; init; }

    /// <summary>Id of the rejected episode.</summary>
    public required string Rejected { get; init; }

    /// <summary>Reason code of the rejection.</summary>
    public required string Reason { get; init; }

    /// <summary>0-based index of the first message in which they differ, an assistant's in both; equals the count of <see cref="Prompt"/>.</summary>
    public required int Divergence { get; init; }

    /// <summary>
    /// Whether both say the same up to there, word for word. Else they are the same in matter: calls and results, what the user asks for with which values, whether it agrees;
    /// the prompt's words are the kept episode's.
    /// </summary>
    public bool SameWords { get; init; } = true;

    /// <summary>The messages that both share, the system message first; ends with a user's message or a tool's result.</summary>
    public required IReadOnlyList<TrajectoryMessage> Prompt { get; init; }

    /// <summary>What the kept episode does next: messages of roles assistant and tool, up to the user's next message; at least one.</summary>
    public required IReadOnlyList<TrajectoryMessage> Preferred { get; init; }

    /// <summary>What the rejected episode does next; as <see cref="Preferred"/>.</summary>
    public required IReadOnlyList<TrajectoryMessage> NonPreferred { get; init; }

    /// <summary>The tools of both.</summary>
    public required IReadOnlyList<TrajectoryTool> Tools { get; init; }

    /// <summary>Licences of the tools' documents, sorted.</summary>
    public required IReadOnlyList<string> Licences { get; init; }
}
