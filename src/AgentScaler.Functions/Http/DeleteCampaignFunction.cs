using AgentScaler.Campaigns;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions;

/// <summary>
/// <c>DELETE /api/campaigns/{id}</c>: removes a campaign that has ended, with its artifacts, state rows and history; what other campaigns made too, or
/// read, stays. Doing it again changes nothing; one that was broken off is done again.
/// </summary>
public sealed class DeleteCampaignFunction(CampaignRemoval removal)
{
    /// <summary>
    /// Answers 204 if the campaign is gone, or never was; 409 while it runs, or with <c>?cancel=true</c> 202: it is being cancelled, ask again; 404 for what
    /// can be no id; 503 if the store failed. <c>?documents=true</c> removes the catalogue documents too that no other campaign lists.
    /// </summary>
    [Function("delete-campaign")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "campaigns/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (CampaignId.Fault(id) is not null)
        {
            return Answers.NoCampaign(request, id);
        }

        var (mine, others) = await FindAsync(id, client, cancellationToken);
        if (mine.Count == 0)
        {
            return TypedResults.NoContent();
        }

        var own = mine.Find(instance => instance.InstanceId == CampaignId.InstanceOf(id));
        if (mine.Exists(instance => !instance.IsCompleted))
        {
            return await StopAsync(request, id, own, client, cancellationToken);
        }

        try
        {
            if (own?.ReadInputAs<WorkflowCall>()?.Input is { } input && !others.Exists(other => other.Campaign == input.Campaign))
            {
                var kept = others.SelectMany(other => other.Earlier ?? []).ToHashSet(StringComparer.Ordinal);
                await removal.RemoveAsync(input.Campaign, input.Earlier, kept, Wants(request, "documents"), cancellationToken);
            }
        }
        catch (StoreException e)
        {
            return Answers.Problem(request, StatusCodes.Status503ServiceUnavailable, e.Message);
        }

        // The campaign's own history goes last: it tells what else there is to remove.
        foreach (var instance in mine.OrderBy(instance => instance == own))
        {
            await client.PurgeInstanceAsync(instance.InstanceId, cancellationToken);
        }

        return TypedResults.NoContent();
    }

    private static async Task<IResult> StopAsync(
        HttpRequest request, string id, OrchestrationMetadata? own, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (!Wants(request, "cancel"))
        {
            return Answers.Problem(
                request, StatusCodes.Status409Conflict, $"campaign '{id}' is running; cancel it first, or say ?cancel=true and ask until the answer is 204");
        }

        if (own is { IsCompleted: false })
        {
            await client.RaiseEventAsync(own.InstanceId, CampaignWorkflow.ControlEvent, CampaignWorkflow.Cancel, cancellationToken);
        }

        request.HttpContext.Response.Headers.Location = $"{request.PathBase}/api/campaigns/{id}";
        return Answers.Document(own is null ? null : CampaignInstance.Of(id, own), StatusCodes.Status202Accepted);
    }

    /// <summary>The campaign's instances, its pages among them, and what the other campaigns work on.</summary>
    private static async Task<(List<OrchestrationMetadata> Mine, List<WorkflowInput> Others)> FindAsync(
        string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var mine = new List<OrchestrationMetadata>();
        var others = new List<WorkflowInput>();
        var own = CampaignId.InstanceOf(id);
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: CampaignId.Prefix, FetchInputsAndOutputs: true))
            .WithCancellation(cancellationToken))
        {
            if (instance.Name != WorkflowFunction.Name || instance.ReadInputAs<WorkflowCall>() is not { } call)
            {
                continue;
            }

            var isCampaign = call.Workflow == CampaignWorkflow.WorkflowName;
            if (isCampaign ? instance.InstanceId == own : instance.InstanceId.StartsWith(own + "-page-", StringComparison.Ordinal))
            {
                mine.Add(instance);
            }
            else if (isCampaign)
            {
                others.Add(call.Input);
            }
        }

        return (mine, others);
    }

    private static bool Wants(HttpRequest request, string name) => string.Equals(request.Query[name], "true", StringComparison.OrdinalIgnoreCase);
}
