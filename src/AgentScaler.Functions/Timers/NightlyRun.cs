using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace AgentScaler.Functions;

/// <summary>What a night is called and seeded by: the date it was scheduled for, not the moment it fired at, so that a late or repeated firing is the same night.</summary>
/// <param name="Date">UTC.</param>
public sealed record NightlyRun(DateOnly Date)
{
    /// <summary>Where the ids of nights begin.</summary>
    public const string IdPrefix = "nightly-";

    /// <summary>How much a clock may run ahead of the schedule.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>The campaign's id: <c>nightly-2026-11-27</c>.</summary>
    public string Id => IdPrefix + Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The campaign's seed: the date as a number, 20261127.</summary>
    public long Seed => (Date.Year * 10000L) + (Date.Month * 100) + Date.Day;

    /// <summary>The night of a firing: the occurrence the timer was waiting for, or today where the host keeps no schedule.</summary>
    public static NightlyRun Of(TimerInfo timer, DateTimeOffset now)
    {
        // While a function runs, the host's status still shows the occurrence that made it run as the next one.
        var waitedFor = timer.ScheduleStatus is { Next: { Year: > 1 } next } ? new DateTimeOffset(next.ToUniversalTime()) : now;
        var scheduled = waitedFor <= now + Tolerance ? waitedFor : now;
        return new NightlyRun(DateOnly.FromDateTime(scheduled.UtcDateTime));
    }
}
