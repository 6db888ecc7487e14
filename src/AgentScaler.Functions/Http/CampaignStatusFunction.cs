using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions;

/// <summary><c>GET /api/campaigns/{id}</c>: where a campaign stands.</summary>
public sealed class CampaignStatusFunction
{
    /// <summary>Answers 200 with a <see cref="CampaignInstance"/>, or 404.</summary>
    [Function("campaign-status")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "campaigns/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(CampaignId.InstanceOf(id), getInputsAndOutputs: true, cancellationToken);
        return instance is null ? Answers.NoCampaign(request, id) : Answers.Document(CampaignInstance.Of(id, instance));
    }
}
