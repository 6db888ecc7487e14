using AgentScaler.Tools.Refinement;

namespace AgentScaler.Graphs.Verification;

/// <summary>What a model did to a domain before its environment is made.</summary>
/// <param name="Vague">Tools that were asked for because they are vague.</param>
/// <param name="Refined">Those of them that were made more explicit.</param>
/// <param name="RefusedRefinements">Proposals that were not taken, each with its reason.</param>
/// <param name="Edges">Dependency edges that stand.</param>
/// <param name="RefusedEdges">Candidates that the model does not see, or is not sure enough of.</param>
/// <param name="UnansweredEdges">Edges on which it gave no answer: the match decided.</param>
public sealed record DomainPreparation(
    int Vague, int Refined, IReadOnlyList<RefusedRefinement> RefusedRefinements, int Edges, IReadOnlyList<DependencyEdge> RefusedEdges, int UnansweredEdges);
