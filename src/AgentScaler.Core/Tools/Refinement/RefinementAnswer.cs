namespace AgentScaler.Tools.Refinement;

/// <summary>A model's answer: one proposal for each tool asked for.</summary>
internal sealed record RefinementAnswer(IReadOnlyList<ProposedTool> Tools);
