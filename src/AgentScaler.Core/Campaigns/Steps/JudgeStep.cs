using AgentScaler.Datasets;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Modelled;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Telemetry;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Judges the episodes of one environment. In: outcome, tasks, shards of episodes. Out: <c>judgement.json</c>; beside it <c>verdicts.jsonl</c> in the
/// order of the episodes, <c>kept.jsonl</c> and <c>rejected.jsonl</c>, the trajectories sorted by id, <c>difficulty.jsonl</c> and <c>preferences.jsonl</c>.
/// </summary>
/// <param name="models">Where models come from.</param>
public sealed class JudgeStep(EnvironmentEngine engine, IModelSource models) : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.Judge;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => new JudgeSettings(
        identity.Funnel, identity.Dataset.PairsPerTask, identity.Models.User is null ? null : identity.Models.Judge, identity.Models is { User: not null, Judge: not null } ? UserJudge.Prompt.Id : null);

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var outcome = await run.Artifacts.ReadJsonAsync<EnvironmentOutcome>(run.Inputs[0], cancellationToken);
        var package = await PackageFolder.ReadAsync(run.Artifacts, ArtifactSibling.Of(run.Inputs[0], EnvironmentArtifacts.Package), cancellationToken);
        var environment = LoadedEnvironment.Load(package);
        var settings = (JudgeSettings)run.Settings;
        var judge = settings.Judge is null
            ? null
            : new UserJudge((await models.OpenAsync(run.Campaign, new ModelsSettings { Judge = settings.Judge }, cancellationToken)).Of(ModelRole.Judge)!);
        var rules = new JudgingRules(settings.Funnel, new StateTruth(engine, environment), new ReplayCheck(engine, environment))
        {
            PairsPerTask = settings.PairsPerTask,
            UserJudge = judge,
        };
        var judgement = await new EnvironmentJudge(run.Artifacts, package, outcome, rules)
            .RunAsync(run.Inputs[0], run.Inputs[1], [.. run.Inputs.Skip(2)], run.Prefix, cancellationToken);
        var output = run.NewArtifact(Judgement.FileName);
        await run.Artifacts.TryCreateJsonAsync(output, judgement, cancellationToken);
        PipelineTelemetry.Kept.Add(judgement.Funnel.Counts.Kept);
        return StepResult.Of(output, [.. FunnelStatus.Of(judgement.Funnel.Counts)]);
    }

    /// <summary>What verdicts depend on.</summary>
    private sealed record JudgeSettings(FunnelSettings Funnel, int PairsPerTask, ModelSettings? Judge, string? Prompt);
}
