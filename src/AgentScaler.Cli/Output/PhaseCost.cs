namespace AgentScaler.Cli.Output;

/// <summary>What a phase of a command took.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="CpuSeconds">Of all threads together.</param>
internal sealed record PhaseCost(string Phase, double Seconds, double CpuSeconds);
