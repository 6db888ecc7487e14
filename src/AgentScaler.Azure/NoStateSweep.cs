namespace AgentScaler.Azure;

/// <summary>For stores whose killed writers leave nothing.</summary>
internal sealed class NoStateSweep : IStateSweep
{
    /// <inheritdoc/>
    public Task<int> SweepAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.FromResult(0);
}
