namespace AgentScaler.Tasks.Verification;

/// <summary>What the verifier has to say to a trial.</summary>
internal enum TrialExpectation
{
    /// <summary>No mode may accept it, unless its effect is gold's.</summary>
    Rejected,

    /// <summary>Every mode accepts it: it is gold.</summary>
    Accepted,

    /// <summary>Modes that allow reordered reads accept it.</summary>
    AcceptedWhereReadsMayMove,

    /// <summary>Modes that allow further reads accept it.</summary>
    AcceptedWhereReadsMayBeAdded,
}
