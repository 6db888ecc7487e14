namespace AgentScaler.Benchmarks.TauBench;

/// <summary>A task of tau-bench.</summary>
/// <param name="Id"><c>tau_bench/domain/split/index</c>.</param>
/// <param name="Instruction">What the user wants, told to the user.</param>
/// <param name="Actions">The gold sequence.</param>
/// <param name="Outputs">Texts that an answer of the agent must hold.</param>
public sealed record TauBenchTask(string Id, string Instruction, IReadOnlyList<TauBenchAction> Actions, IReadOnlyList<string> Outputs);
