namespace AgentScaler.Episodes.Scripted;

/// <summary>One request of the user and the calls by which the agent means to serve it.</summary>
/// <param name="Text">What the user wants, in the task's words.</param>
internal sealed record ScriptedRequest(string Text, IReadOnlyList<ScriptedCall> Calls, IReadOnlyList<FactSource> Facts)
{
    /// <summary>How often the agent says its closing sentence; more than once is a mistake.</summary>
    public int Closings { get; init; } = 1;

    /// <summary>The mistake of saying it over and over, or null.</summary>
    public InjectedFault? Fault { get; init; }
}
