using AgentScaler.Datasets;
using AgentScaler.Determinism;
using AgentScaler.Funnel;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Writes the dataset. In: tools, domains, pages. Out: <c>manifest.json</c>; beside it <c>canonical.jsonl</c>, <c>rejected.jsonl</c>, <c>card.md</c>,
/// <c>tasks.jsonl</c>, <c>funnel.json</c>, <c>summary.json</c>, and the files of the formats that the campaign wants.
/// </summary>
public sealed class AssembleDatasetStep : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.AssembleDataset;

    /// <summary>All of it: the manifest names the campaign's identity.</summary>
    public object SelectSettings(CampaignIdentity identity) => identity;

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var identity = (CampaignIdentity)run.Settings;
        var origin = new DatasetOrigin(
            identity.Dataset.Name, Sha256Text.Of(CanonicalJson.Serialize(identity)), identity.Seed, identity.Episodes, identity.Funnel)
        {
            Models = identity.Models.Names(),
            Formats = identity.Dataset.Formats,
        };
        var manifest = await new DatasetAssembly(run.Artifacts, origin, run.Prefix)
            .RunAsync(run.Inputs[0], run.Inputs[1], [.. run.Inputs.Skip(2)], cancellationToken);
        var report = await run.Artifacts.ReadJsonAsync<FunnelReport>(run.NewArtifact("funnel.json"), cancellationToken);
        var summary = await SummaryBuilder.BuildAsync(
            run.Artifacts, run.Inputs[0], run.Inputs[1], [.. run.Inputs.Skip(2)], report, cancellationToken);
        await run.Artifacts.TryCreateJsonAsync(run.NewArtifact(CampaignSummary.FileName), summary, cancellationToken);
        return StepResult.Of(
            run.NewArtifact(DatasetManifest.FileName),
            [("episodes", manifest.Funnel.Episodes), .. FunnelStatus.Of(manifest.Funnel)]);
    }
}
