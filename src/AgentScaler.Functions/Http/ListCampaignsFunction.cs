using AgentScaler.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions;

/// <summary><c>GET /api/campaigns</c>: the campaigns of this app, sorted by id.</summary>
public sealed class ListCampaignsFunction
{
    /// <summary>Answers 200 with <c>{"campaigns": [...]}</c>, each a <see cref="CampaignInstance"/>; <c>?status=Running</c> keeps those of that runtime status.</summary>
    [Function("list-campaigns")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "campaigns")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        OrchestrationRuntimeStatus[]? statuses = null;
        if (request.Query.TryGetValue("status", out var wanted))
        {
            if (!Enum.TryParse<OrchestrationRuntimeStatus>(wanted, ignoreCase: true, out var status) || !Enum.IsDefined(status))
            {
                return Answers.Invalid(
                    request,
                    "the campaigns can't be listed",
                    new Campaigns.CampaignError("status", $"'{wanted}'", "one of " + string.Join(", ", Enum.GetNames<OrchestrationRuntimeStatus>())));
            }

            statuses = [status];
        }

        var campaigns = new List<CampaignInstance>();
        var query = new OrchestrationQuery(Statuses: statuses, InstanceIdPrefix: CampaignId.Prefix, FetchInputsAndOutputs: true);
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            // Their pages are instances below the same prefix, and so are other apps' of a shared hub.
            if (instance.Name == WorkflowFunction.Name && instance.ReadInputAs<WorkflowCall>() is { Workflow: CampaignWorkflow.WorkflowName })
            {
                campaigns.Add(CampaignInstance.Of(CampaignId.Of(instance.InstanceId), instance));
            }
        }

        return Answers.Document(new { campaigns = campaigns.OrderBy(campaign => campaign.Id, StringComparer.Ordinal) });
    }
}
