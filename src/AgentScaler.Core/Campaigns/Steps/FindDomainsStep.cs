using AgentScaler.Determinism;
using AgentScaler.Graphs;
using AgentScaler.Storage;
using AgentScaler.Tools;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Partitions the tools into domains. In: <c>tools.jsonl</c>. Out: <c>domains.jsonl</c>, beside it <c>stats.json</c> and each domain as
/// <c>domain/{id}.json</c>; items: pages (<c>page-0001.json</c>, ...), each a JSON array of references to domains.
/// </summary>
public sealed class FindDomainsStep : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.FindDomains;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => new Selection(identity.Graph, identity.Seed);

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var (settings, seed) = (Selection)run.Settings;
        var tools = new List<ToolSpec>();
        await foreach (var tool in run.Artifacts.ReadLinesAsync<ToolSpec>(run.Inputs[0], cancellationToken))
        {
            tools.Add(tool);
        }

        var partition = DomainFinder.Find(tools, settings, Seed.Root(seed).Child("graphs"), cancellationToken);
        var references = new List<string>();
        foreach (var domain in partition.Domains)
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

        await run.Artifacts.TryCreateJsonAsync(run.NewArtifact("stats.json"), partition.Stats, cancellationToken);
        var output = run.NewArtifact("domains.jsonl");
        await run.Artifacts.TryCreateLinesAsync(output, partition.Domains, cancellationToken);
        return StepResult.Of(
            output,
            pages,
            ("edges", partition.Stats.Edges),
            ("domains", partition.Stats.Domains),
            ("isolates", partition.Stats.Isolates.Count));
    }

    /// <summary>What this step reads of the identity.</summary>
    internal sealed record Selection(GraphSettings Graph, long Seed);
}
