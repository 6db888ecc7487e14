namespace AgentScaler.Determinism;

/// <summary>A clock that stands still: the time inside an environment for a whole task.</summary>
/// <param name="now">The one instant it shows.</param>
public sealed class FrozenClock(DateTimeOffset now) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
}
