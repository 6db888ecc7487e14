namespace AgentScaler.Environments.Packages;

/// <summary>What a rule of a policy demands, and by what it can be checked: a program's refusal, or the transcript.</summary>
public enum PolicyRuleKind
{
    /// <summary>Conduct: before a call of these tools the agent says what it is about to do and the user agrees. Checked on the transcript.</summary>
    Confirm,

    /// <summary>A call succeeds only while <see cref="PolicyRule.Field"/> of the row holds one of <see cref="PolicyRule.Values"/>.</summary>
    Status,

    /// <summary>A row can't be removed while rows of the collections in <see cref="PolicyRule.Values"/> refer to it.</summary>
    InUse,

    /// <summary>Removing a row removes the rows of the collections in <see cref="PolicyRule.Values"/> that belong to it.</summary>
    Cascade,

    /// <summary>A row is found only under its own owner: the parameters in <see cref="PolicyRule.Values"/> must name what the row belongs to.</summary>
    Owner,

    /// <summary>What a written <see cref="PolicyRule.Field"/> refers to must exist.</summary>
    Reference,

    /// <summary>No two rows of the collection may hold the same <see cref="PolicyRule.Field"/>.</summary>
    Unique,

    /// <summary>After any call <see cref="PolicyRule.Field"/> lies within <see cref="PolicyRule.Minimum"/> and <see cref="PolicyRule.Maximum"/>.</summary>
    Limit,
}
