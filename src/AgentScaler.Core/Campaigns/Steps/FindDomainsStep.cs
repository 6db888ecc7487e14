using AgentScaler.Determinism;
using AgentScaler.Environments.Given;
using AgentScaler.Graphs;
using AgentScaler.Storage;
using AgentScaler.Tools;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Partitions the tools into domains; packages that are given are domains of their own. In: <c>tools.jsonl</c>. Out: <c>domains.jsonl</c>, beside it <c>stats.json</c> and each domain as
/// <c>domain/{id}.json</c>; items: pages (<c>page-0001.json</c>, ...), each a JSON array of references to domains.
/// </summary>
public sealed class FindDomainsStep : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.FindDomains;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => new Selection(identity.Graph, identity.Seed, identity.Packages, identity.Tools);

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var (settings, seed, packages, reading) = (Selection)run.Settings;
        var tools = new List<ToolSpec>();
        await foreach (var tool in run.Artifacts.ReadLinesAsync<ToolSpec>(run.Inputs[0], cancellationToken))
        {
            tools.Add(tool);
        }

        var partition = DomainFinder.Find(tools, settings, Seed.Root(seed).Child("graphs"), cancellationToken);
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

    /// <summary>What this step reads of the identity.</summary>
    internal sealed record Selection(GraphSettings Graph, long Seed, IReadOnlyList<string> Packages, ToolSettings Tools);
}
