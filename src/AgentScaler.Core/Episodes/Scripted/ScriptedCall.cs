namespace AgentScaler.Episodes.Scripted;

/// <summary>A call the scripted agent intends to make.</summary>
/// <param name="Slot">Where its result is remembered: the position of the gold call, or a number past gold for a call that gold lacks.</param>
/// <param name="GoldCall">The gold call it is meant to be, or null.</param>
internal sealed record ScriptedCall(int Slot, int? GoldCall, string Tool, IReadOnlyList<ScriptedArgument> Arguments)
{
    /// <summary>Whether it may share a message with the call before it.</summary>
    public bool WithPrevious { get; init; }

    /// <summary>Whether the agent asks for the user's consent first.</summary>
    public bool AskFirst { get; init; }

    /// <summary>Whether that question leaves out what is to be done: a mistake.</summary>
    public bool AsksVaguely { get; init; }

    /// <summary>What it is meant to be called with, where a slip makes it another call; a question for consent is about this.</summary>
    public IReadOnlyList<ScriptedArgument>? Meant { get; init; }

    /// <summary>Whether the call is left out; its fault is entered when its turn comes.</summary>
    public bool LeftOut { get; init; }

    /// <summary>The argument to pass another value for, and that value; the fault is entered unless they happen to be equal.</summary>
    public ScriptedArgument? Wrong { get; init; }

    /// <summary>The mistake that making (or leaving out) this call is, or null.</summary>
    public InjectedFault? Fault { get; init; }

    /// <summary>Whether <see cref="Fault"/> takes the place of the latest entry: the undoing half of a needless write.</summary>
    public bool Amends { get; init; }

    /// <summary>The slots whose results it needs.</summary>
    public IEnumerable<int> Needs => Arguments
        .Where(argument => argument.Name != Wrong?.Name && argument.Slot is not null)
        .Select(argument => argument.Slot!.Value);
}
