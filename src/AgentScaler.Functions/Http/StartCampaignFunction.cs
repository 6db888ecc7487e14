using System.Text.RegularExpressions;
using AgentScaler.Campaigns;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Tools.Sources;
using AgentScaler.Workflow;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions;

/// <summary>
/// <c>POST /api/campaigns/{id}</c>: starts a campaign. Its body is the campaign document; the catalogue documents that it lists must be in
/// the artifact store. Starting the same campaign twice is one campaign; one that failed or was cancelled runs on. Of <c>operations</c> only
/// <c>models.budget</c> counts here: where models are is for the app's settings to say.
/// </summary>
public sealed partial class StartCampaignFunction(IArtifactStore artifacts, CampaignBudgets budgets, ModelReach models)
{
    /// <summary>Bytes of a campaign document.</summary>
    public const int LargestDocument = 1 << 20;

    /// <summary>
    /// Answers 202 with the instance's address in <c>Location</c> and a <see cref="CampaignInstance"/> if there was one, 400 with all errors
    /// of the request, 413 if its body is over the limit, 409 if the id is another campaign's or was terminated, 503 if the store failed.
    /// </summary>
    [Function("start-campaign")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "campaigns/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (CampaignId.Fault(id) is { } fault)
        {
            return Invalid(request, [fault]);
        }

        using var body = await BodyReader.ReadAsync(request, LargestDocument, cancellationToken);
        if (body is null)
        {
            return Answers.Problem(request, StatusCodes.Status413PayloadTooLarge, $"the campaign document is larger than {LargestDocument} bytes");
        }

        try
        {
            var document = CampaignReader.Read(body, "the request");
            var errors = await CheckDocumentsAsync(document.Identity, cancellationToken);
            if (document.Identity.Models.HasAny() && !models.Any)
            {
                errors = [.. errors, new CampaignError("$.identity.models", "models", $"none: this app reaches no models (its setting {ModelServices.EndpointsSetting} is empty)")];
            }

            if (errors.Count > 0)
            {
                return Invalid(request, errors);
            }

            var identity = document.Identity with { Documents = [.. document.Identity.Documents.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };
            return await StartAsync(request, id, identity, document.Operations.Models.Budget, client, cancellationToken);
        }
        catch (CampaignException e)
        {
            return Invalid(request, e.Errors);
        }
        catch (StoreException e)
        {
            return Answers.Problem(request, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    /// <summary>There must be documents, and each must be in the store: nothing here can fetch one.</summary>
    private async Task<IReadOnlyList<CampaignError>> CheckDocumentsAsync(CampaignIdentity identity, CancellationToken cancellationToken)
    {
        if (identity.Documents.Count == 0)
        {
            return [new CampaignError("$.identity.documents", "no document", "the SHA-256 of each document to read; it must be in the artifact store")];
        }

        var errors = new List<CampaignError>();
        for (var i = 0; i < identity.Documents.Count; i++)
        {
            var sha256 = identity.Documents[i];
            if (!Sha256Pattern().IsMatch(sha256))
            {
                errors.Add(new CampaignError($"$.identity.documents[{i}]", $"'{sha256}'", "a SHA-256 in 64 lower-case hexadecimal digits"));
            }
            else if (!await artifacts.ExistsAsync(DocumentUpload.ArtifactOf(sha256), cancellationToken))
            {
                errors.Add(new CampaignError($"$.identity.documents[{i}]", sha256, $"a document in the artifact store, but there is no '{DocumentUpload.ArtifactOf(sha256)}'"));
            }
        }

        return errors;
    }

    private async Task<IResult> StartAsync(
        HttpRequest request, string id, CampaignIdentity identity, Budget budget, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var reference = CampaignStore.ReferenceOf(identity);
        var existing = await FindAsync(client, id, cancellationToken);
        if (existing is null || (existing.Campaign == reference && CanRunOn(existing)))
        {
            await CampaignStore.SaveAsync(artifacts, identity, cancellationToken);
            if (budget != new Budget())
            {
                // Not for a campaign that runs: its budget may have been raised since, by the word that lets it go on.
                await budgets.SetAsync(CampaignStore.HashOf(identity), budget, cancellationToken);
            }

            try
            {
                await client.ScheduleNewOrchestrationInstanceAsync(
                    WorkflowFunction.Name,
                    new WorkflowCall(CampaignWorkflow.WorkflowName, WorkflowInput.Start(reference)),
                    new StartOrchestrationOptions(InstanceId: CampaignId.InstanceOf(id)),
                    cancellationToken);
            }
            catch (OrchestrationAlreadyExistsException)
            {
                // Another request was faster; whether it started this campaign is seen below.
            }

            existing = await FindAsync(client, id, cancellationToken);
        }

        if (existing is not null && existing.Campaign != reference)
        {
            return await ConflictAsync(request, id, identity, existing, cancellationToken);
        }

        if (existing is { RuntimeStatus: nameof(OrchestrationRuntimeStatus.Terminated) })
        {
            return Answers.Problem(
                request,
                StatusCodes.Status409Conflict,
                $"campaign '{id}' was terminated; purge instance '{CampaignId.InstanceOf(id)}' and its children to start it again, or choose another id");
        }

        request.HttpContext.Response.Headers.Location = (request.PathBase + request.Path).ToUriComponent();
        return Answers.Document(existing, StatusCodes.Status202Accepted);
    }

    /// <summary>A campaign that failed, or ended without a dataset, goes on where it was: the finished steps are in the store.</summary>
    private static bool CanRunOn(CampaignInstance instance) => instance.RuntimeStatus switch
    {
        nameof(OrchestrationRuntimeStatus.Failed) => true,
        nameof(OrchestrationRuntimeStatus.Completed) => instance.Dataset is null,
        _ => false,
    };

    private static async Task<CampaignInstance?> FindAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(CampaignId.InstanceOf(id), getInputsAndOutputs: true, cancellationToken);
        return instance is null ? null : CampaignInstance.Of(id, instance);
    }

    private async Task<IResult> ConflictAsync(
        HttpRequest request, string id, CampaignIdentity identity, CampaignInstance existing, CancellationToken cancellationToken)
    {
        var there = await CampaignStore.LoadAsync(artifacts, existing.Campaign, cancellationToken);
        return TypedResults.Problem(
            $"'{id}' is another campaign; choose another id, or set what differs as it is there",
            request.Path,
            StatusCodes.Status409Conflict,
            extensions: new SortedDictionary<string, object?>(StringComparer.Ordinal)
            {
                ["differences"] = IdentityDifference.Between(there, identity)
                    .Select(difference => $"{difference.Path}: {difference.Left} there, {difference.Right} here").ToList(),
            });
    }

    private static IResult Invalid(HttpRequest request, IReadOnlyList<CampaignError> errors) => Answers.Invalid(request, "the campaign can't be started", errors);

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Sha256Pattern();
}
