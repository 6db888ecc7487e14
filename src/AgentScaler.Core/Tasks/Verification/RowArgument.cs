namespace AgentScaler.Tasks.Verification;

/// <summary>An argument of a call that names a row.</summary>
/// <param name="Parameter">The argument.</param>
/// <param name="Collection">Where the row is.</param>
/// <param name="Key">Its stored key.</param>
internal sealed record RowArgument(string Parameter, string Collection, string Key);
