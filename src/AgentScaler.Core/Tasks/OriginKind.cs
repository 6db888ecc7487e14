namespace AgentScaler.Tasks;

/// <summary>Where an argument of a gold call comes from.</summary>
public enum OriginKind
{
    /// <summary>A fact the user knows and must state.</summary>
    User,

    /// <summary>A value of the state that nobody says: a step that the request needs only for this looks it up.</summary>
    State,

    /// <summary>The output of an earlier step that the user asked for in its own right.</summary>
    Output,

    /// <summary>A constant of the tool's schema: an only enum value, a default.</summary>
    Constant,
}
