namespace AgentScaler.Graphs.Verification;

/// <summary>What verifying a domain's dependency edges gave.</summary>
/// <param name="Edges">Those that stand, in the order of the domain; each with the model's word where it gave one.</param>
/// <param name="Refused">Those that the model does not see, or is not sure enough of, with its word.</param>
/// <param name="Unanswered">Edges on which the model gave no answer that could be used: the match decided.</param>
public sealed record VerifiedEdges(IReadOnlyList<DependencyEdge> Edges, IReadOnlyList<DependencyEdge> Refused, int Unanswered);
