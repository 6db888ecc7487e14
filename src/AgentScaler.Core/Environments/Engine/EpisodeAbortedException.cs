namespace AgentScaler.Environments.Engine;

/// <summary>
/// A call hit a limit of wall-clock time or memory. Limits depend on the machine, so this is never a tool result: the episode's attempt ends and is
/// retried from its start. The session's state is as before the call; the isolate is gone.
/// </summary>
public sealed class EpisodeAbortedException(AbortReason reason, string environment, string tool, string message, Exception? inner = null)
    : Exception($"environment '{environment}', tool '{tool}': {message}", inner)
{
    /// <summary>Which limit.</summary>
    public AbortReason Reason => reason;

    /// <summary>The environment's id.</summary>
    public string Environment => environment;

    /// <summary>The tool that was called; repeated hits quarantine it.</summary>
    public string Tool => tool;
}
