namespace AgentScaler.Graphs.Verification;

/// <summary>A model's answer on one pair of tools.</summary>
/// <param name="Pair">Its number in the question.</param>
internal sealed record PairAnswer(int Pair, FeedDirection Direction, double Confidence, string Reason);
