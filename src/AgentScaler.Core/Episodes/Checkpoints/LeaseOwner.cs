namespace AgentScaler.Episodes.Checkpoints;

/// <summary>One run of a shard in one process.</summary>
/// <param name="Machine">The machine's or instance's name.</param>
/// <param name="Process">The process id there.</param>
/// <param name="Started">When the process started, milliseconds since 1970: ids are used again.</param>
/// <param name="Number">Which of the process's runs; 0 stands for the process itself.</param>
public sealed record LeaseOwner(string Machine, int Process, long Started, long Number);
