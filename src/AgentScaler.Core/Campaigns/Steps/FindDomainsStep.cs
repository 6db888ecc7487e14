using AgentScaler.Determinism;
using AgentScaler.Environments.Given;
using AgentScaler.Graphs;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Tools;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Partitions the tools into domains; packages that are given are domains of their own. In: <c>tools.jsonl</c>. Out: <c>domains.jsonl</c>, beside it <c>stats.json</c> and each domain as
/// <c>domain/{id}.json</c>; items: pages (<c>page-0001.json</c>, ...), each a JSON array of references to domains.
/// </summary>
/// <param name="models">Where models come from.</param>
public sealed class FindDomainsStep(IModelSource models) : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.FindDomains;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => new Selection(identity.Graph, identity.Seed, identity.Packages, identity.Tools, identity.Models.Embedding);

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var (settings, seed, packages, reading, embedding) = (Selection)run.Settings;
        var tools = new List<ToolSpec>();
        await foreach (var tool in run.Artifacts.ReadLinesAsync<ToolSpec>(run.Inputs[0], cancellationToken))
        {
            tools.Add(tool);
        }

        var graphs = Seed.Root(seed).Child("graphs");
        var partition = embedding is null
            ? DomainFinder.Find(tools, settings, graphs, cancellationToken)
            : await FindAsync(run, embedding, tools, settings, graphs, cancellationToken);
        var domains = new List<Domain>(partition.Domains);
        foreach (var sha256 in packages)
        {
            var specs = GivenTools.Specs(await GivenDocument.ReadAsync(run.Artifacts, sha256, cancellationToken), reading, out _);
            if (specs.Count > 0)
            {
                domains.Add(DomainFinder.Whole(specs, settings) with { Id = ContentId.Of("domain", "given", sha256), Given = sha256 });
            }
        }

        var references = new List<string>();
        foreach (var domain in domains)
        {
            references.Add(run.NewArtifact($"domain/{domain.Id}.json"));
            await run.Artifacts.TryCreateJsonAsync(references[^1], domain, cancellationToken);
        }

        var pages = new List<string>();
        foreach (var page in references.Chunk(settings.PageSize))
        {
            pages.Add(run.NewArtifact($"page-{pages.Count + 1:0000}.json"));
            await run.Artifacts.TryCreateJsonAsync(pages[^1], page, cancellationToken);
        }

        await run.Artifacts.TryCreateJsonAsync(run.NewArtifact("stats.json"), partition.Stats with { Domains = domains.Count }, cancellationToken);
        var output = run.NewArtifact("domains.jsonl");
        await run.Artifacts.TryCreateLinesAsync(output, domains, cancellationToken);
        return StepResult.Of(
            output,
            pages,
            ("edges", partition.Stats.Edges),
            ("domains", domains.Count),
            ("isolates", partition.Stats.Isolates.Count));
    }

    private async Task<DomainPartition> FindAsync(
        StepRun run, EmbeddingModelSettings embedding, IReadOnlyList<ToolSpec> tools, GraphSettings settings, Seed seed, CancellationToken cancellationToken)
    {
        var open = await models.OpenAsync(run.Campaign, new ModelsSettings { Embedding = embedding }, cancellationToken);
        return await DomainFinder.FindAsync(tools, settings, seed, open.Embeddings!.EmbedAsync, cancellationToken);
    }

    /// <summary>What this step reads of the identity.</summary>
    internal sealed record Selection(GraphSettings Graph, long Seed, IReadOnlyList<string> Packages, ToolSettings Tools, EmbeddingModelSettings? Embedding);
}
