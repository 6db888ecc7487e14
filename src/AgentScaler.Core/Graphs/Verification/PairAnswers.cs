namespace AgentScaler.Graphs.Verification;

/// <summary>A model's answers on a batch of pairs.</summary>
internal sealed record PairAnswers(IReadOnlyList<PairAnswer> Pairs);
