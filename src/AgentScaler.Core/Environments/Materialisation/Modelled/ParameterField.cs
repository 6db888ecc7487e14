namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>A model's word that a parameter is about a field.</summary>
/// <param name="Operator">Of a bound: field, operator, argument; null otherwise.</param>
internal sealed record ParameterField(string Parameter, string Field, string? Operator = null);
