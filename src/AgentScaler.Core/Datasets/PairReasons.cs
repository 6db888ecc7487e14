namespace AgentScaler.Datasets;

/// <summary>Why a rejected episode stands in no preference pair.</summary>
public static class PairReasons
{
    /// <summary>No episode of its task was kept.</summary>
    public const string NoneKept = "none-kept";

    /// <summary>The system messages differ.</summary>
    public const string SystemDiffers = "system-differs";

    /// <summary>The conversations part at a user's message: what the agent did then answers something else.</summary>
    public const string UserDiffers = "user-differs";

    /// <summary>They part at a tool's result.</summary>
    public const string ResultDiffers = "result-differs";

    /// <summary>One is the beginning of the other.</summary>
    public const string NoDivergence = "no-divergence";

    /// <summary>Where they part the agent said or did something else, but was rejected for what it did later.</summary>
    public const string FaultLiesLater = "fault-lies-later";

    /// <summary>What the rejected agent did there is no well-formed conversation.</summary>
    public const string Malformed = "malformed";

    /// <summary>Another pair of the task says the same.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The task has as many pairs as it may have.</summary>
    public const string OverCap = "over-cap";
}
