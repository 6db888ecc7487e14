using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions;

/// <summary>A campaign that has its dataset.</summary>
/// <param name="Dataset">Reference of the dataset's manifest.</param>
/// <param name="Campaign">Reference of the campaign's identity.</param>
/// <param name="Earlier">References of the nights before it; null for none.</param>
internal sealed record FinishedCampaign(string Dataset, string Campaign, IReadOnlyList<string>? Earlier)
{
    /// <summary>Finds a campaign.</summary>
    /// <returns>The campaign, or the answer to give: 404 where it is not there, 409 while it has no dataset.</returns>
    public static async Task<(FinishedCampaign? Campaign, IResult? Problem)> FindAsync(
        HttpRequest request, string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (CampaignId.Fault(id) is not null
            || await client.GetInstanceAsync(CampaignId.InstanceOf(id), getInputsAndOutputs: true, cancellationToken) is not { } metadata)
        {
            return (null, Answers.NoCampaign(request, id));
        }

        var instance = CampaignInstance.Of(id, metadata);
        return instance.Dataset is { } dataset
            ? (new FinishedCampaign(dataset, instance.Campaign, metadata.ReadInputAs<WorkflowCall>()!.Input.Earlier), null)
            : (null, Answers.Problem(
                request, StatusCodes.Status409Conflict, $"campaign '{id}' has no dataset: it is {instance.RuntimeStatus}, at stage '{instance.Status?.Stage ?? "starting"}'"));
    }
}
