namespace AgentScaler.Tasks.Wording;

/// <summary>How a user of the embedded grammar writes.</summary>
public enum RequestStyle
{
    /// <summary>Plain sentences.</summary>
    Plain,

    /// <summary>As few words as will do.</summary>
    Terse,

    /// <summary>As questions, with please and thanks.</summary>
    Polite,

    /// <summary>Roundabout, with a remark on the side.</summary>
    Chatty,

    /// <summary>As in a letter.</summary>
    Formal,
}
