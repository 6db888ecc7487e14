namespace AgentScaler.Funnel.Review;

/// <summary>One decision of a person: a line of <c>reviews.jsonl</c>. The last one on an id stands.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="Id">An episode's or task's id; of a tool <c>environment/tool</c>.</param>
/// <param name="Reason">Why, in the person's words.</param>
/// <param name="By">Who decided; null if nobody said so.</param>
/// <param name="Fault">Whose fault a rejection is; null where nothing is rejected.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Undone">Whether the decision no longer stands.</param>
public sealed record ReviewEntry(ReviewDecision Decision, string Id, string Reason, string? By, Attribution? Fault, DateTimeOffset At, bool Undone = false);
