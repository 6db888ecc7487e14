using System.Text;
using AgentScaler.Campaigns;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions;

/// <summary>
/// <c>POST /api/campaigns/{id}/pause</c>, <c>/resume</c>, <c>/cancel</c>: steers a running campaign. It obeys between two batches of pages, so the
/// answer says that the word was taken, not that it was obeyed: the campaign's status shows that. <c>resume</c> may carry a budget, <c>{"usd": 20}</c>, that stands from then on.
/// </summary>
public sealed class ControlCampaignFunction(CampaignBudgets budgets)
{
    private static readonly string[] Words = [CampaignWorkflow.Pause, CampaignWorkflow.Resume, CampaignWorkflow.Cancel];

    private const int LargestBudget = 1 << 12;

    /// <summary>Answers 202 with the campaign's address in <c>Location</c>, 404 for an unknown campaign or word, 409 if the campaign has ended, 400 for a budget that is none, 503 if the store failed.</summary>
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

        if (word == CampaignWorkflow.Resume && await SetBudgetAsync(request, metadata, cancellationToken) is { } problem)
        {
            return problem;
        }

        await client.RaiseEventAsync(CampaignId.InstanceOf(id), CampaignWorkflow.ControlEvent, word, cancellationToken);
        request.HttpContext.Response.Headers.Location = $"{request.PathBase}/api/campaigns/{id}";
        return Answers.Document(CampaignInstance.Of(id, metadata), StatusCodes.Status202Accepted);
    }

    /// <summary>A campaign that waits because its budget is spent gets another with the word: the body, if there is one.</summary>
    private async Task<IResult?> SetBudgetAsync(HttpRequest request, OrchestrationMetadata metadata, CancellationToken cancellationToken)
    {
        using var body = await BodyReader.ReadAsync(request, LargestBudget, cancellationToken);
        if (body is null)
        {
            return Answers.Problem(request, StatusCodes.Status413PayloadTooLarge, $"the budget is larger than {LargestBudget} bytes");
        }

        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            var text = Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
            var budget = CampaignReader.ReadMember(text, "the request", "operations", "models", "budget").Operations.Models.Budget;
            await budgets.SetAsync(CampaignStore.HashIn(metadata.ReadInputAs<WorkflowCall>()!.Input.Campaign), budget, cancellationToken);
            return null;
        }
        catch (CampaignException e)
        {
            return Answers.Invalid(request, "the budget can't be set", e.Errors);
        }
        catch (StoreException e)
        {
            return Answers.Problem(request, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }
}
