namespace AgentScaler.Episodes;

/// <summary>A mistake that the scripted parties make on purpose, labelled so that the funnel can be measured as a classifier.</summary>
public enum FaultKind
{
    /// <summary>The agent passes another value than it was told.</summary>
    WrongArgument,

    /// <summary>The agent swaps two calls.</summary>
    WrongOrder,

    /// <summary>The agent leaves a call out.</summary>
    SkippedStep,

    /// <summary>The agent writes something nobody asked for.</summary>
    NeedlessWrite,

    /// <summary>The agent makes an invalid call, reads the error and then does it right.</summary>
    InvalidCallRecovered,

    /// <summary>The user ends the conversation before everything is done.</summary>
    EarlyStop,

    /// <summary>The agent repeats itself over and over.</summary>
    Repetition,

    /// <summary>The agent writes something nobody asked for and undoes it.</summary>
    WriteAndUndo,

    /// <summary>The agent does what the policy says must be confirmed without asking, or after a question that does not say what for.</summary>
    Unasked,

    /// <summary>The agent thinks in circles.</summary>
    RepeatedReasoning,

    /// <summary>The agent makes up a fact that is missing instead of asking for it.</summary>
    GuessedFact,

    /// <summary>The agent tries what the policy forbids.</summary>
    AgainstPolicy,

    /// <summary>The agent neither asks for what is missing nor says that it can't do what is asked.</summary>
    KeptSilent,

    /// <summary>The simulated user tells a value that has to be looked up.</summary>
    UserLeak,

    /// <summary>The simulated user says another value than it was told, and the agent goes by it.</summary>
    UserInvention,
}
