using System.Globalization;
using AgentScaler.Azure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AgentScaler.Functions;

/// <summary>
/// Removes the history of campaigns that ended long ago; their artifacts stay: a campaign started again finds its steps done. Removes too what killed
/// writers of state rows left.
/// </summary>
public sealed partial class PurgeFunction(IConfiguration configuration, IStateSweep sweep, TimeProvider clock, ILogger<PurgeFunction> logger)
{
    /// <summary>The setting for how many days history is kept, 1-3650.</summary>
    public const string DaysSetting = "HISTORY_DAYS";

    /// <summary>Days that history is kept without the setting.</summary>
    public const int DefaultDays = 30;

    /// <summary>What was written since may belong to a row that is about to be written.</summary>
    private static readonly TimeSpan YoungestLeftover = TimeSpan.FromDays(1);

    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Purges.</summary>
    /// <exception cref="InvalidOperationException">The setting is no number of days.</exception>
    /// <exception cref="Storage.StoreException">The store failed.</exception>
    [Function("purge")]
    public async Task RunAsync(
        [TimerTrigger("%PURGE_SCHEDULE%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        _ = timer;
        var before = clock.GetUtcNow().AddDays(-Days());
        var result = await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedTo: before, Statuses: Ended), cancellationToken);
        LogPurged(logger, result.PurgedInstanceCount, before);
        LogSwept(logger, await sweep.SweepAsync(clock.GetUtcNow() - YoungestLeftover, cancellationToken));
    }

    private int Days() => configuration[DaysSetting] switch
    {
        null or "" => DefaultDays,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 3650 => days,
        var text => throw new InvalidOperationException($"setting {DaysSetting} is '{text}'; expected a number of days, 1-3650"),
    };

    [LoggerMessage(LogLevel.Information, "{Count} instances that ended and were created before {Before:u} are purged")]
    private static partial void LogPurged(ILogger logger, int count, DateTimeOffset before);

    [LoggerMessage(LogLevel.Information, "{Count} large values that no state row names are removed")]
    private static partial void LogSwept(ILogger logger, int count);
}
