namespace AgentScaler.Funnel;

/// <summary>What an episode achieved, part by part.</summary>
/// <param name="State">The final state equals gold's.</param>
/// <param name="Match">The calls equal gold's under the campaign's match mode.</param>
/// <param name="Outputs">Every required output reached the user, what was missing was asked for, and what can't be done was declined.</param>
public sealed record RewardParts(bool State, bool Match, bool Outputs);
