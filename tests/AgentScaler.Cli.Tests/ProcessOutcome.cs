namespace AgentScaler.Cli.Tests;

/// <summary>How a process ended and what it wrote.</summary>
internal sealed record ProcessOutcome(int ExitCode, string Output, string Error);
