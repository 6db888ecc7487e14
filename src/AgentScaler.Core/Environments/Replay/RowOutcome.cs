namespace AgentScaler.Environments.Replay;

/// <summary>What replaying one row gave.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Calls">Calls made.</param>
/// <param name="Differences">What is not as recorded, one a line; empty if all is.</param>
public sealed record RowOutcome(string Id, int Calls, IReadOnlyList<string> Differences);
