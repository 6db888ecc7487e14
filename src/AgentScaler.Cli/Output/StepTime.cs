namespace AgentScaler.Cli.Output;

/// <summary>What the steps of one name took in a run, all workers together.</summary>
/// <param name="Steps">Steps that were run, not those whose result was there already.</param>
/// <param name="Seconds">Their seconds.</param>
internal sealed record StepTime(int Steps, double Seconds);
