namespace AgentScaler.Campaigns.Rescoring;

/// <summary>What could not be judged again, and was left out.</summary>
/// <param name="Place">An artifact and its line, or a task, or an environment.</param>
/// <param name="Reason">What was expected there.</param>
public sealed record RescoreSkip(string Place, string Reason);
