namespace AgentScaler.Environments.Engine;

/// <summary>A program that passed the check of its syntax tree.</summary>
/// <param name="Function">The one function, as an expression.</param>
/// <param name="NamesIds">Whether it names <c>newId</c>; then a call is given the means for ids at once instead of on demand.</param>
internal sealed record CheckedProgram(string Function, bool NamesIds);
