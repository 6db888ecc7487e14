namespace AgentScaler.ModelServers.Tallies;

/// <summary>What became of a request; see <see cref="ServerTally"/>.</summary>
internal enum Outcome
{
    Completed,
    Rejected,
    Limited,
    Failed,
    Abandoned,
    Faulted,
}
