namespace AgentScaler.Environments.Audit.Mutation;

/// <summary>A program with one deliberate fault.</summary>
/// <param name="Operator">The kind of fault, one of <see cref="MutationOperators"/>.</param>
/// <param name="Line">The line of the original program, from 1.</param>
/// <param name="Before">What stood there.</param>
/// <param name="After">What stands there now; empty where something was taken away.</param>
/// <param name="Program">The whole program.</param>
internal sealed record Mutant(string Operator, int Line, string Before, string After, string Program);
