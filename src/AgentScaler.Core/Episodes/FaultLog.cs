namespace AgentScaler.Episodes;

/// <summary>The mistakes made on purpose in one attempt, entered when they happen: a planned mistake that never came about leaves no label.</summary>
public sealed class FaultLog
{
    private readonly List<InjectedFault> entries = [];

    /// <summary>In the order they happened.</summary>
    public IReadOnlyList<InjectedFault> Entries => entries;

    /// <summary>Enters a mistake.</summary>
    public void Add(InjectedFault fault) => entries.Add(fault);

    /// <summary>Renames the latest entry now that more is known: a needless write that has been undone.</summary>
    public void Amend(InjectedFault fault) => entries[^1] = fault;
}
