namespace AgentScaler.Funnel.Modelled;

/// <summary>What a simulated user can do wrong.</summary>
public enum UserFaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It stated a fact it could not know.</summary>
    Invented,

    /// <summary>It stated a fact differently from how it was told.</summary>
    Changed,

    /// <summary>It did not bring up a wish, or a fact of it that was asked for.</summary>
    Omitted,

    /// <summary>It refused what it had wished for, or agreed to what it had not.</summary>
    Contradicted,

    /// <summary>It asked for something it was not told to.</summary>
    Strayed,
}
