namespace AgentScaler.Funnel;

/// <summary>One stage's account.</summary>
/// <param name="In">Episodes that reached it.</param>
/// <param name="Out">Episodes that passed it.</param>
/// <param name="Reasons">Rejections by reason code.</param>
/// <param name="Attributions">Rejections by whose fault it was.</param>
public sealed record StageCounts(
    FunnelStage Stage, long In, long Out, SortedDictionary<string, long> Reasons, SortedDictionary<string, long> Attributions);
