using AgentScaler.Campaigns;
using AgentScaler.Models.Spending;
using AgentScaler.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions;

/// <summary><c>GET /api/campaigns/{id}</c>: where a campaign stands.</summary>
public sealed class CampaignStatusFunction(IStateStore state)
{
    /// <summary>Answers 200 with a <see cref="CampaignInstance"/>, 404, or 503 if the store failed.</summary>
    [Function("campaign-status")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "campaigns/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(CampaignId.InstanceOf(id), getInputsAndOutputs: true, cancellationToken);
        if (instance is null)
        {
            return Answers.NoCampaign(request, id);
        }

        var campaign = CampaignInstance.Of(id, instance);
        try
        {
            var spent = await SpendLedger.ReadAsync(state, CampaignStore.HashIn(campaign.Campaign), cancellationToken);
            return Answers.Document(spent.Roles.Count == 0 ? campaign : campaign with { Spent = spent });
        }
        catch (StoreException e)
        {
            return Answers.Problem(request, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }
}
