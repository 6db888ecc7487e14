namespace AgentScaler.Tasks.Wording;

/// <summary>What the requests before said and showed.</summary>
/// <param name="Places">Places they named, by what kind of place.</param>
/// <param name="Calls">Their calls with what these showed.</param>
internal sealed record SpokenBefore(IReadOnlyDictionary<string, string> Places, IReadOnlyList<PlannedCall> Calls);
