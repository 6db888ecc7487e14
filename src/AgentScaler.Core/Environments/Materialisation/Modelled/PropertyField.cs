namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>A model's word that a member of a row in a result shows a field.</summary>
internal sealed record PropertyField(string Property, string Field);
