using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Given;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Materialises and audits one domain. Writes <c>outcome.json</c>, <c>audit.json</c> where there was something to audit and, if kept, the
/// package under <c>package/</c> and the dependency edges between its tools, <c>dependencies.json</c>.
/// </summary>
public sealed class BuildEnvironmentStep(EnvironmentEngine engine) : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.BuildEnvironment;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => new EnvironmentStepSettings(identity.Environment, identity.Seed);

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var settings = (EnvironmentStepSettings)run.Settings;
        var domain = await run.Artifacts.ReadJsonAsync<Domain>(run.Inputs[0], cancellationToken);
        var build = await BuildAsync(run.Artifacts, settings, domain, cancellationToken);
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

    private async Task<EnvironmentBuild> BuildAsync(IArtifactStore artifacts, EnvironmentStepSettings settings, Domain domain, CancellationToken cancellationToken)
    {
        var seed = Seed.Root(settings.Seed).Child("environments").Child(domain.Id);
        var builder = new EnvironmentBuilder(settings.Environment, engine);
        if (domain.Given is null)
        {
            return builder.Build(domain, seed);
        }

        try
        {
            return builder.Build(domain, seed, await GivenDocument.ReadAsync(artifacts, domain.Given, cancellationToken));
        }
        catch (PackageException e)
        {
            return EnvironmentBuilder.Broken(domain, e);
        }
    }
}
