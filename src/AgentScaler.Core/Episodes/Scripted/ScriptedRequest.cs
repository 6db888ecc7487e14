using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Episodes.Scripted;

/// <summary>One request of the user and the calls by which the agent means to serve it.</summary>
/// <param name="Text">What the user wants, in the task's words.</param>
internal sealed record ScriptedRequest(string Text, IReadOnlyList<ScriptedCall> Calls, IReadOnlyList<FactSource> Facts)
{
    /// <summary>What keeps the agent from simply serving it, or null.</summary>
    public RequestAbstention? Abstention { get; init; }

    /// <summary>Whether the agent asks for the fact that is missing; not to is a mistake.</summary>
    public bool Asks { get; init; } = true;

    /// <summary>Whether the agent says nothing of what it does not do: a mistake.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Whether the agent hands the user over to a person when it declines.</summary>
    public bool HandsOver { get; init; }

    /// <summary>Something beside the matter that the user asks first, and the answer; null for nothing.</summary>
    public (string Asked, string Answered)? Detour { get; init; }

    /// <summary>How often the agent says its closing sentence; more than once is a mistake.</summary>
    public int Closings { get; init; } = 1;

    /// <summary>Whether the agent thinks in circles before its answer: a mistake.</summary>
    public bool Rambles { get; init; }

    /// <summary>The mistake that the user makes in saying it, or null.</summary>
    public InjectedFault? UserFault { get; init; }

    /// <summary>The mistake made in the answer, or null.</summary>
    public InjectedFault? Fault { get; init; }
}
