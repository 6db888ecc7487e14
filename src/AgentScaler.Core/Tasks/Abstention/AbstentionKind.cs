namespace AgentScaler.Tasks.Abstention;

/// <summary>Why an agent must not simply do what a request says.</summary>
public enum AbstentionKind
{
    /// <summary>A fact is missing that the call must have; the user gives it when asked, and the request is served.</summary>
    MissingGiven,

    /// <summary>A fact is missing that the call must have, and the user has none to give: nothing is done.</summary>
    MissingRefused,

    /// <summary>A rule of the policy forbids it: the agent says so and does not try.</summary>
    AgainstPolicy,

    /// <summary>No tool does it: the agent says so, or hands the user over to a person.</summary>
    NoTool,
}
