namespace AgentScaler.Environments.Replay;

/// <summary>What replaying a file of recorded calls gave.</summary>
/// <param name="Passed">Rows in which everything is as recorded.</param>
/// <param name="Failed">The others, unreadable ones among them.</param>
/// <param name="Calls">Calls made again.</param>
/// <param name="Differences">The first differences, one a line.</param>
public sealed record CallsReport(int Passed, int Failed, int Calls, IReadOnlyList<string> Differences);
