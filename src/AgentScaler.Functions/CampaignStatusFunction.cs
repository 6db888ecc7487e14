using AgentScaler.Json;
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
        var instance = await client.GetInstanceAsync(CampaignInstance.InstanceIdOf(id), getInputsAndOutputs: true, cancellationToken);
        return instance is null
            ? TypedResults.Problem($"there is no campaign '{id}'", request.Path, StatusCodes.Status404NotFound)
            : Results.Json(CampaignInstance.Of(id, instance), ArtifactJson.Options);
    }
}
