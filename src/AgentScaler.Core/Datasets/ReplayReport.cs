namespace AgentScaler.Datasets;

/// <summary>What replaying a campaign's episodes gave.</summary>
/// <param name="Environments">Environments whose episodes were replayed.</param>
/// <param name="Episodes">Episodes replayed, kept or not.</param>
/// <param name="Calls">Calls made again.</param>
/// <param name="FailedEpisodes">Episodes with at least one difference; 0 means everything is as recorded.</param>
/// <param name="Differences">The first differences, one a line.</param>
public sealed record ReplayReport(long Environments, long Episodes, long Calls, long FailedEpisodes, IReadOnlyList<string> Differences);
