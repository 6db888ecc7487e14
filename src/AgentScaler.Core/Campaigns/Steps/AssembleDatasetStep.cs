using AgentScaler.Datasets;
using AgentScaler.Determinism;
using AgentScaler.Funnel;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Writes the dataset. In: tools, domains, pages. Out: <c>manifest.json</c>; beside it <c>canonical.jsonl</c>, <c>rejected.jsonl</c>, <c>card.md</c>,
/// <c>tasks.jsonl</c>, <c>preferences.jsonl</c>, <c>difficulty.jsonl</c>, <c>difficulty.plan.json</c>, <c>funnel.json</c>, <c>summary.json</c>, and the files of the formats that the campaign wants.
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
        var manifest = await new DatasetAssembly(run.Artifacts, OriginOf(identity), run.Prefix)
            .RunAsync(run.Inputs[0], run.Inputs[1], [.. run.Inputs.Skip(2)], cancellationToken);
        var report = await run.Artifacts.ReadJsonAsync<FunnelReport>(run.NewArtifact("funnel.json"), cancellationToken);
        var summary = await SummaryBuilder.BuildAsync(
            run.Artifacts, run.Inputs[0], run.Inputs[1], [.. run.Inputs.Skip(2)], report, cancellationToken);
        await run.Artifacts.TryCreateJsonAsync(run.NewArtifact(CampaignSummary.FileName), summary with { UnknownTasks = await UnknownAsync(run, identity, cancellationToken) }, cancellationToken);
        return StepResult.Of(
            run.NewArtifact(DatasetManifest.FileName),
            [("episodes", manifest.Funnel.Episodes), .. FunnelStatus.Of(manifest.Funnel)]);
    }

    /// <summary>What a dataset says of the campaign it comes from.</summary>
    internal static DatasetOrigin OriginOf(CampaignIdentity identity) => new(
        identity.Dataset.Name, Sha256Text.Of(CanonicalJson.Serialize(identity)), identity.Seed, identity.Episodes, identity.Funnel)
    {
        Models = identity.Models.Names(),
        Formats = identity.Dataset.Formats,
        Pairs = identity.Dataset.PairsPerTask > 0,
    };

    private static async Task<IReadOnlyList<string>> UnknownAsync(StepRun run, CampaignIdentity identity, CancellationToken cancellationToken)
    {
        if (identity.Episodes.MoreTrials is not { Count: > 0 } wanted)
        {
            return [];
        }

        var left = new SortedSet<string>(wanted.Keys, StringComparer.Ordinal);
        await using var stream = await run.Artifacts.OpenReadAsync(run.NewArtifact("difficulty.jsonl"), cancellationToken)
            ?? throw new StoreException($"artifact '{run.NewArtifact("difficulty.jsonl")}' does not exist");
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            left.Remove(TrajectoryLine.ReadDifficulty(line, "difficulty.jsonl"));
        }

        return [.. left];
    }
}
