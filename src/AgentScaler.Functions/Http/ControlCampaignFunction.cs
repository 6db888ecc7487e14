using AgentScaler.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions;

/// <summary>
/// <c>POST /api/campaigns/{id}/pause</c>, <c>/resume</c>, <c>/cancel</c>: steers a running campaign. It obeys between two batches of pages, so the
/// answer says that the word was taken, not that it was obeyed: the campaign's status shows that.
/// </summary>
public sealed class ControlCampaignFunction
{
    private static readonly string[] Words = [CampaignWorkflow.Pause, CampaignWorkflow.Resume, CampaignWorkflow.Cancel];

    /// <summary>Answers 202 with the campaign's address in <c>Location</c>, 404 for an unknown campaign or word, 409 if the campaign has ended.</summary>
    [Function("control-campaign")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "campaigns/{id}/{word:regex(^(pause|resume|cancel)$)}")] HttpRequest request,
        string id,
        string word,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!Words.Contains(word))
        {
            return Answers.Problem(request, StatusCodes.Status404NotFound, $"there is no '{word}'; expected one of {string.Join(", ", Words)}");
        }

        if (CampaignId.Fault(id) is not null
            || await client.GetInstanceAsync(CampaignId.InstanceOf(id), getInputsAndOutputs: true, cancellationToken) is not { } metadata)
        {
            return Answers.NoCampaign(request, id);
        }

        if (metadata.IsCompleted)
        {
            return Answers.Problem(
                request, StatusCodes.Status409Conflict, $"campaign '{id}' has ended ({metadata.RuntimeStatus}); there is nothing to {word}");
        }

        await client.RaiseEventAsync(CampaignId.InstanceOf(id), CampaignWorkflow.ControlEvent, word, cancellationToken);
        request.HttpContext.Response.Headers.Location = $"{request.PathBase}/api/campaigns/{id}";
        return Answers.Document(CampaignInstance.Of(id, metadata), StatusCodes.Status202Accepted);
    }
}
