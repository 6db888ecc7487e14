namespace AgentScaler.Datasets.Masks;

/// <summary>What became of a file's trajectories under a template, and what the template left out.</summary>
public sealed record MaskReport
{
    /// <summary>Trajectories read.</summary>
    public long Rows { get; init; }

    /// <summary>Samples written.</summary>
    public long Samples { get; init; }

    /// <summary>Trajectories written as several samples, one for each of the user's turns.</summary>
    public long SplitRows { get; init; }

    /// <summary>Code points of all texts.</summary>
    public long Characters { get; init; }

    /// <summary>Code points that the loss covers.</summary>
    public long TrainedCharacters { get; init; }

    /// <summary>Assistant messages whose reasoning the template has no place for (Llama 3).</summary>
    public long ReasoningLost { get; init; }

    /// <summary>Assistant messages whose text beside a call the template drops (Llama 3).</summary>
    public long TextLost { get; init; }

    /// <summary>Assistant messages of several calls, written as turns of one call each, its result after each (Llama 3).</summary>
    public long CallsSpread { get; init; }

    /// <summary>Trajectories that could not be rendered.</summary>
    public long LeftOut { get; init; }

    /// <summary>The first of them, with their reason.</summary>
    public IReadOnlyList<DatasetProblem> Problems { get; init; } = [];
}
