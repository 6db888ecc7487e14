namespace AgentScaler.Graphs;

/// <summary>A model's word on a dependency edge.</summary>
/// <param name="Confidence">How sure it is, 0-1.</param>
/// <param name="Reason">Why, in its words.</param>
/// <param name="Model">The model.</param>
/// <param name="Prompt">Name and version of the prompt.</param>
public sealed record EdgeVerdict(double Confidence, string Reason, string Model, string Prompt);
