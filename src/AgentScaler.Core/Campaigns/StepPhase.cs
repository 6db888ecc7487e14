namespace AgentScaler.Campaigns;

/// <summary>What just happened to a step.</summary>
public enum StepPhase
{
    /// <summary>It started running or reading its stored result.</summary>
    Started,

    /// <summary>It ran to its end.</summary>
    Finished,

    /// <summary>It had been done before; its result was read from the store.</summary>
    FromStore,

    /// <summary>The machinery failed; it is tried again after a wait.</summary>
    Retrying,

    /// <summary>It failed for good, and the run stops.</summary>
    Failed,
}
