namespace AgentScaler.Azure.Tests.Faults;

/// <summary>Stands for the end of a process: nothing handles it.</summary>
internal sealed class KilledException() : Exception("the process was killed");
