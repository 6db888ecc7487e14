namespace AgentScaler.Environments.Engine;

/// <summary>Which limit of the sandbox a call hit.</summary>
public enum AbortReason
{
    /// <summary>It ran longer than <see cref="EngineOptions.CallTimeout"/>.</summary>
    Time,

    /// <summary>The heap grew beyond <see cref="EngineOptions.SoftHeapBytes"/>.</summary>
    Memory,

    /// <summary>It used up <see cref="EngineOptions.StackBytes"/>.</summary>
    Stack,

    /// <summary>The isolate failed in a way no program should be able to bring about.</summary>
    Runtime,
}
