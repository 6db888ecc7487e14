namespace AgentScaler.Tasks;

/// <summary>Where an argument of a gold call comes from.</summary>
public enum OriginKind
{
    /// <summary>A fact the user knows and must state.</summary>
    User,

    /// <summary>A value of the initial state, looked up by a producer step.</summary>
    State,

    /// <summary>The output of an earlier step.</summary>
    Output,

    /// <summary>A constant of the tool's schema: an only enum value, a default.</summary>
    Constant,
}
