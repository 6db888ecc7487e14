using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Given;
using AgentScaler.Environments.Materialisation.Modelled;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Graphs.Verification;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Materialises and audits one domain. Writes <c>outcome.json</c>, <c>audit.json</c> where there was something to audit and, if kept, the
/// package under <c>package/</c> and the dependency edges between its tools, <c>dependencies.json</c>; where a model builds, <c>preparation.json</c> says what it did to tools and edges before.
/// </summary>
/// <param name="models">Where models come from.</param>
public sealed class BuildEnvironmentStep(EnvironmentEngine engine, IModelSource models) : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.BuildEnvironment;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => identity.Models.Builder is { } builder
        ? new EnvironmentStepSettings(identity.Environment, identity.Seed, builder, identity.Graph, EnvironmentPrompts.Ids)
        : new EnvironmentStepSettings(identity.Environment, identity.Seed, null, null, null);

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var settings = (EnvironmentStepSettings)run.Settings;
        var domain = await run.Artifacts.ReadJsonAsync<Domain>(run.Inputs[0], cancellationToken);
        var model = settings.Builder is null ? null : (await models.OpenAsync(run.Campaign, new ModelsSettings { Builder = settings.Builder }, cancellationToken)).Of(ModelRole.Builder);
        (domain, var preparation) = await DomainPreparer.PrepareAsync(domain, settings.Graph ?? new GraphSettings(), model, cancellationToken);
        if (preparation is not null)
        {
            await run.Artifacts.TryCreateJsonAsync(run.NewArtifact(EnvironmentArtifacts.Preparation), preparation, cancellationToken);
        }

        var build = await BuildAsync(run.Artifacts, settings, domain, model, cancellationToken);
        if (build.Audit is not null)
        {
            await run.Artifacts.TryCreateJsonAsync(run.NewArtifact(EnvironmentArtifacts.Audit), build.Audit, cancellationToken);
        }

        if (build.Package is { } package)
        {
            await PackageFolder.WriteAsync(run.Artifacts, run.NewArtifact(EnvironmentArtifacts.Package), package, cancellationToken);
            var edges = domain.Dependencies.Where(edge => build.Outcome.ToolsKept.Contains(edge.Producer) && build.Outcome.ToolsKept.Contains(edge.Consumer)).ToList();
            await run.Artifacts.TryCreateJsonAsync(run.NewArtifact(EnvironmentArtifacts.Dependencies), edges, cancellationToken);
        }

        var outcome = run.NewArtifact(EnvironmentArtifacts.Outcome);
        await run.Artifacts.TryCreateJsonAsync(outcome, build.Outcome, cancellationToken);
        return StepResult.Of(outcome, build.Outcome.Kept ? [outcome] : [], ("environments", build.Outcome.Kept ? 1 : 0), ("environmentsRejected", build.Outcome.Kept ? 0 : 1));
    }

    private async Task<EnvironmentBuild> BuildAsync(IArtifactStore artifacts, EnvironmentStepSettings settings, Domain domain, RoleModel? model, CancellationToken cancellationToken)
    {
        var seed = Seed.Root(settings.Seed).Child("environments").Child(domain.Id);
        var builder = new EnvironmentBuilder(settings.Environment, engine);
        if (domain.Given is null)
        {
            return await builder.BuildAsync(domain, seed, null, model, cancellationToken);
        }

        try
        {
            return await builder.BuildAsync(domain, seed, await GivenDocument.ReadAsync(artifacts, domain.Given, cancellationToken), model, cancellationToken);
        }
        catch (PackageException e)
        {
            return EnvironmentBuilder.Broken(domain, e);
        }
    }
}
