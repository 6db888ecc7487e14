namespace AgentScaler.Workflow;

/// <summary>How often and how patiently a step is tried again after a fault of the machinery (never after a rejected item).</summary>
/// <param name="Attempts">All attempts together, at least 1.</param>
/// <param name="FirstDelay">Wait before the second attempt.</param>
/// <param name="Backoff">Each further wait is this many times the one before.</param>
/// <param name="MaximumDelay">No wait is longer.</param>
public sealed record RetryRule(int Attempts, TimeSpan FirstDelay, double Backoff, TimeSpan MaximumDelay)
{
    /// <summary>Four attempts, after 2, 6 and 18 seconds.</summary>
    public static readonly RetryRule Default = new(4, TimeSpan.FromSeconds(2), 3, TimeSpan.FromMinutes(1));
}
