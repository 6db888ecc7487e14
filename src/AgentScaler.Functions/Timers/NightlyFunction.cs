using AgentScaler.Campaigns;
using AgentScaler.Datasets;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using DurableTask.Core.Exceptions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AgentScaler.Functions;

/// <summary>
/// Starts one campaign a night from a document in the artifact store, with the id and the seed of the scheduled date; it ends with an increment, which
/// holds what no earlier night of the same dataset name had. Nothing is started while an earlier night still runs, and a night that was started is not
/// started again.
/// </summary>
public sealed partial class NightlyFunction(
    IArtifactStore artifacts, CampaignBudgets budgets, IConfiguration configuration, TimeProvider clock, ILogger<NightlyFunction> logger)
{
    /// <summary>The setting that names the campaign document's artifact; nothing is started without it.</summary>
    public const string DocumentSetting = "NIGHTLY_DOCUMENT";

    private static readonly OrchestrationRuntimeStatus[] Running =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Starts the night's campaign.</summary>
    /// <exception cref="CampaignException">The document is no campaign; the message names every error.</exception>
    /// <exception cref="StoreException">The document is not there, or the store failed.</exception>
    [Function("nightly")]
    public async Task RunAsync(
        [TimerTrigger("%NIGHTLY_SCHEDULE%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (configuration[DocumentSetting] is not { Length: > 0 } name)
        {
            LogNothingToRun(logger, DocumentSetting);
            return;
        }

        var night = NightlyRun.Of(timer, clock.GetUtcNow());
        if (await FindRunningAsync(client, cancellationToken) is { } running)
        {
            LogSkipped(logger, night.Id, running);
            return;
        }

        CampaignDocument read;
        await using (var document = await artifacts.OpenReadAsync(name, cancellationToken)
            ?? throw new StoreException($"setting {DocumentSetting}: artifact '{name}' does not exist"))
        {
            read = CampaignReader.Read(document, name);
        }

        var identity = read.Identity with { Seed = night.Seed };
        if (read.Operations.Models.Budget is var budget && budget != new Budget())
        {
            await budgets.SetAsync(CampaignStore.HashOf(identity), budget, cancellationToken);
        }

        var campaign = await CampaignStore.SaveAsync(artifacts, identity, cancellationToken);
        var earlier = await IncrementSeries.FindAsync(artifacts, identity.Dataset.Name, cancellationToken);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                WorkflowFunction.Name,
                new WorkflowCall(CampaignWorkflow.WorkflowName, WorkflowInput.Start(campaign) with { Earlier = earlier }),
                new StartOrchestrationOptions(InstanceId: CampaignId.InstanceOf(night.Id))
                    .WithDedupeStatuses([.. Running, OrchestrationRuntimeStatus.Completed]),
                cancellationToken);
            LogStarted(logger, night.Id, campaign);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            LogRepeated(logger, night.Id);
        }
    }

    private static async Task<string?> FindRunningAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var query = new OrchestrationQuery(Statuses: Running, InstanceIdPrefix: CampaignId.InstanceOf(NightlyRun.IdPrefix));
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            return CampaignId.Of(instance.InstanceId);
        }

        return null;
    }

    [LoggerMessage(LogLevel.Information, "no nightly generation: setting {Setting} names no campaign document")]
    private static partial void LogNothingToRun(ILogger logger, string setting);

    [LoggerMessage(LogLevel.Warning, "{Night} is skipped: {Running} still runs")]
    private static partial void LogSkipped(ILogger logger, string night, string running);

    [LoggerMessage(LogLevel.Information, "{Night} started as {Campaign}")]
    private static partial void LogStarted(ILogger logger, string night, string campaign);

    [LoggerMessage(LogLevel.Information, "{Night} was started before; nothing to do")]
    private static partial void LogRepeated(ILogger logger, string night);
}
