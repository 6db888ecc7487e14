namespace AgentScaler.Models;

/// <summary>A model gave no reply. The message names role, model and endpoint, says what came instead, and holds no secret.</summary>
/// <param name="fault">What kind of fault it is, which says what may be done about it.</param>
/// <param name="retryAfter">How long the endpoint asks to wait; null if it does not say.</param>
public sealed class ModelException(ModelFault fault, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    /// <summary>What kind of fault it is.</summary>
    public ModelFault Fault => fault;

    /// <summary>How long the endpoint asks to wait.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>Whether the model may have worked for nothing: its answer was lost, came too late or can't be read.</summary>
    public bool MayBeBilled { get; init; }
}
