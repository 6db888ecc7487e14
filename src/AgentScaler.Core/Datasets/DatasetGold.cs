namespace AgentScaler.Datasets;

/// <summary>The ground truth of a task: a gold execution, and what it left.</summary>
/// <param name="Proof">What decides: <c>state</c> (the final state's hash equals <paramref name="GoldHash"/>), or <c>calls</c> where gold leaves the state as it was (the calls equal <paramref name="Calls"/>).</param>
/// <param name="InitialHash">State hash before the first call.</param>
/// <param name="InitialChanges">Rows in which the state before the first call differs from the environment package's; sorted by collection and key.</param>
/// <param name="GoldHash">State hash after the last call.</param>
/// <param name="Calls">The gold calls, in order.</param>
/// <param name="RequiredOutputs">Facts that must reach the user, in the order of the requests.</param>
public sealed record DatasetGold(
    string Proof,
    string InitialHash,
    IReadOnlyList<DatasetRowChange> InitialChanges,
    string GoldHash,
    IReadOnlyList<TrajectoryFunctionCall> Calls,
    IReadOnlyList<string> RequiredOutputs);
