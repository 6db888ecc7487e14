using AgentScaler.Datasets;
using AgentScaler.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions;

/// <summary>
/// <c>GET /api/campaigns/{id}/results</c>: what a finished campaign left, with an address for each file; and <c>GET /api/campaigns/{id}/results/{file}</c>: the
/// file itself, streamed.
/// </summary>
/// <param name="links">Gives links that go round the app and end by themselves, where the store can; else the app streams.</param>
public sealed class CampaignResultsFunction(IArtifactStore artifacts, IArtifactLinks links)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);

    /// <summary>Answers 200 with the manifest and an address a file, 404 for an unknown campaign, 409 while there is no dataset, 503 if the store failed.</summary>
    [Function("campaign-results")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "campaigns/{id}/results")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        try
        {
            var (campaign, problem) = await FinishedCampaign.FindAsync(request, id, client, cancellationToken);
            if (campaign is null)
            {
                return problem!;
            }

            var reference = campaign.Dataset;
            var manifest = await artifacts.ReadJsonAsync<DatasetManifest>(reference, cancellationToken);
            var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in manifest.Files)
            {
                var link = await links.LinkAsync(ArtifactSibling.Of(reference, file.Artifact), LinkLifetime, cancellationToken);
                files[file.Path] = link?.AbsoluteUri ?? $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}/{file.Artifact}";
            }

            return Answers.Document(new { manifest, files });
        }
        catch (StoreException e)
        {
            return Answers.Problem(request, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    /// <summary>Answers 200 with the file's bytes, 404 if the campaign or the file is not there, 409 while there is no dataset, 503 if the store failed.</summary>
    [Function("campaign-result-file")]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "campaigns/{id}/results/{file}")] HttpRequest request,
        string id,
        string file,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        try
        {
            var (campaign, problem) = await FinishedCampaign.FindAsync(request, id, client, cancellationToken);
            if (campaign is null)
            {
                return problem!;
            }

            var reference = campaign.Dataset;
            var manifest = await artifacts.ReadJsonAsync<DatasetManifest>(reference, cancellationToken);
            var names = manifest.Files.Select(entry => entry.Artifact).Append(DatasetManifest.FileName).Order(StringComparer.Ordinal).ToList();
            if (!names.Contains(file) || await artifacts.OpenReadAsync(ArtifactSibling.Of(reference, file), cancellationToken) is not { } content)
            {
                return Answers.Problem(request, StatusCodes.Status404NotFound, $"campaign '{id}' has no file '{file}'; it has {string.Join(", ", names)}");
            }

            return Results.Stream(content, ContentTypeOf(file), file);
        }
        catch (StoreException e)
        {
            return Answers.Problem(request, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    private static string ContentTypeOf(string file) => Path.GetExtension(file) switch
    {
        ".jsonl" => "application/jsonl",
        ".json" => "application/json",
        ".md" => "text/markdown; charset=utf-8",
        ".parquet" => "application/vnd.apache.parquet",
        ".yaml" => "application/yaml",
        _ => "application/octet-stream",
    };
}
