namespace AgentScaler.Environments.Audit.Policy;

/// <summary>Whether a tool's program keeps a rule of the policy.</summary>
public enum RuleVerdict
{
    /// <summary>A call that obeys the rule succeeds, and one against it is refused with the rule's error and changes nothing.</summary>
    Enforced,

    /// <summary>A call against the rule succeeds, or leaves rows as the rule does not allow.</summary>
    Unenforced,

    /// <summary>No call could be made that would show it; the note says why.</summary>
    NotExercised,
}
