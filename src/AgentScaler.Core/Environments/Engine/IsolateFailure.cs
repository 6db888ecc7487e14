namespace AgentScaler.Environments.Engine;

/// <summary>An isolate hit a limit and is spent; the session turns it into an <see cref="EpisodeAbortedException"/>.</summary>
internal sealed class IsolateFailure(AbortReason reason, string message, Exception? inner = null) : Exception(message, inner)
{
    public AbortReason Reason => reason;
}
