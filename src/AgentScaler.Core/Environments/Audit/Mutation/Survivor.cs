namespace AgentScaler.Environments.Audit.Mutation;

/// <summary>A mutant that the audit did not notice.</summary>
/// <param name="Tool">The tool whose program was changed.</param>
/// <param name="Operator">The kind of fault.</param>
/// <param name="Line">The line of the program, from 1.</param>
/// <param name="Before">What stood there.</param>
/// <param name="After">What stood there instead.</param>
public sealed record Survivor(string Tool, string Operator, int Line, string Before, string After);
