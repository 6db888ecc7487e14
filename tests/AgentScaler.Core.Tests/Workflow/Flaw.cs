namespace AgentScaler.Core.Tests.Workflow;

/// <summary>What is broken in a copy of a workflow.</summary>
public enum Flaw
{
    /// <summary>Nothing: the copy must do exactly what the original does.</summary>
    None,

    /// <summary>The ambient clock goes into a step's input.</summary>
    AmbientClock,

    /// <summary>The ambient clock goes into a log line after the last wait.</summary>
    AmbientLog,

    /// <summary>A counter that survives from replay to replay goes into a status.</summary>
    InstanceState,

    /// <summary>Results are taken in the order in which they come.</summary>
    UnorderedFanIn,

    /// <summary>A real delay that ends while the host is at work.</summary>
    ShortDelay,

    /// <summary>A real delay that does not end in time.</summary>
    LongDelay,

    /// <summary>Work on the thread pool.</summary>
    TaskRun,

    /// <summary>Results are awaited outside the context.</summary>
    ConfigureAwaitFalse,

    /// <summary>A step is started and not awaited.</summary>
    AbandonedStep,
}
