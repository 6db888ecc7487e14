namespace AgentScaler.Tools.Refinement;

/// <summary>A proposal that was not taken.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Reason">A reason code, e.g. <c>refine.adds-parameter</c>, <c>refine.changes-type</c>, <c>refine.no-answer</c>.</param>
/// <param name="Detail">One line for a person: the place, and what stands there.</param>
public sealed record RefusedRefinement(string Tool, string Reason, string Detail);
