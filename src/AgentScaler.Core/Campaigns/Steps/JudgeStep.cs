using AgentScaler.Datasets;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Funnel;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Judges the episodes of one environment. In: outcome, tasks, shards of episodes. Out: <c>judgement.json</c>; beside it <c>verdicts.jsonl</c> in the
/// order of the episodes, and <c>kept.jsonl</c> and <c>rejected.jsonl</c>, the trajectories sorted by id.
/// </summary>
public sealed class JudgeStep(EnvironmentEngine engine) : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.Judge;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => identity.Funnel;

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var outcome = await run.Artifacts.ReadJsonAsync<EnvironmentOutcome>(run.Inputs[0], cancellationToken);
        var package = await PackageFolder.ReadAsync(run.Artifacts, ArtifactSibling.Of(run.Inputs[0], EnvironmentArtifacts.Package), cancellationToken);
        string[] episodes = [.. run.Inputs.Skip(2)];
        var judge = new EnvironmentJudge(run.Artifacts, package, outcome, episodes, (FunnelSettings)run.Settings, new StateTruth(engine, LoadedEnvironment.Load(package)));
        var judgement = await judge.RunAsync(
            new Judgement
            {
                Outcome = run.Inputs[0],
                Tasks = run.Inputs[1],
                Episodes = episodes,
                Verdicts = run.NewArtifact("verdicts.jsonl"),
                Kept = run.NewArtifact("kept.jsonl"),
                Rejected = run.NewArtifact("rejected.jsonl"),
                Funnel = new EnvironmentFunnel(package.Id, outcome.Domain, outcome.DomainName, 0, FunnelCounts.Of([])),
                Confusion = ConfusionTable.Sum([]),
                Generators = [],
                Licences = [],
            },
            cancellationToken);
        var output = run.NewArtifact(Judgement.FileName);
        await run.Artifacts.TryCreateJsonAsync(output, judgement, cancellationToken);
        return StepResult.Of(output, [.. FunnelStatus.Of(judgement.Funnel.Counts)]);
    }
}
