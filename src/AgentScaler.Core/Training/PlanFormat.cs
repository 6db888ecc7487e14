namespace AgentScaler.Training;

/// <summary>The files of a phase as one consumer wants them.</summary>
/// <param name="Format">The format's name, e.g. <c>openai</c>.</param>
/// <param name="Validation">Null where the phase has no validation.</param>
/// <param name="Lost">What the format could not carry, by reason; empty if it has everything.</param>
public sealed record PlanFormat(string Format, PlanFile Training, PlanFile? Validation, SortedDictionary<string, long> Lost);
