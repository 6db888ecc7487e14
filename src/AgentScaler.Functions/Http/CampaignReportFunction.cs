using AgentScaler.Campaigns;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Models.Spending;
using AgentScaler.Reports;
using AgentScaler.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions;

/// <summary>
/// <c>GET /api/campaigns/{id}/report</c>: the report of a finished campaign, one page. Who asks first waits while it is written beside the dataset; from then on it
/// is streamed from there, and it goes when the campaign is deleted.
/// </summary>
public sealed class CampaignReportFunction(IArtifactStore artifacts, IStateStore state, StepRunner runner, EnvironmentEngine engine)
{
    private static readonly ReportOptions Options = new();

    /// <summary>Answers 200 with the page, 404 for an unknown campaign, 409 while there is no dataset, 503 if the store failed.</summary>
    [Function("campaign-report")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "campaigns/{id}/report")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var (campaign, problem) = await FinishedCampaign.FindAsync(request, id, client, cancellationToken);
        if (campaign is null)
        {
            return problem!;
        }

        try
        {
            var name = CampaignReport.ArtifactFor(campaign.Dataset, Options);
            if (!await artifacts.ExistsAsync(name, cancellationToken))
            {
                await WriteAsync(name, campaign.Campaign, campaign.Earlier, cancellationToken);
            }

            return await artifacts.OpenReadAsync(name, cancellationToken) is { } page
                ? Results.Stream(page, "text/html; charset=utf-8")
                : Answers.Problem(request, StatusCodes.Status503ServiceUnavailable, $"artifact '{name}' went while it was read; ask again");
        }
        catch (Exception e) when (e is StoreException or PackageException)
        {
            return Answers.Problem(request, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    private async Task WriteAsync(string name, string campaign, IReadOnlyList<string>? earlier, CancellationToken cancellationToken)
    {
        var source = await ReportSource.FindAsync(artifacts, runner, campaign, earlier, cancellationToken)
            ?? throw new StoreException($"campaign '{campaign}': its steps name no dataset; it was made by another version of the app");
        var spent = await SpendLedger.ReadAsync(state, CampaignStore.HashIn(campaign), cancellationToken);
        source = source with { Spent = spent.Roles.Count == 0 ? null : spent };
        await artifacts.TryCreateAsync(name, (stream, token) => new CampaignReport(artifacts, engine, Options).WriteAsync(source, stream, token), cancellationToken);
    }
}
