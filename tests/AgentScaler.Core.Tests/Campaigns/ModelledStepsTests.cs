using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Core.Tests.Environments.Materialisation.Modelled;
using AgentScaler.Core.Tests.Environments.Packages;
using AgentScaler.Core.Tests.Models;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Json;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Campaigns;

public sealed class ModelledStepsTests : IDisposable
{
    private static readonly CampaignIdentity Identity = new()
    {
        Environment = new EnvironmentSettings { MutantsPerTool = 0 },
        Tasks = new TaskSettings { PerEnvironment = 4, CoverageShare = 0 },
        Models = new ModelsSettings { Builder = new ModelSettings { Model = "brain-1" } },
    };

    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);
    private readonly MemoryArtifacts store = new();

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Run_BuilderIsAModel_PreparesBuildsAndWordsByIt()
    {
        var right = Domains.Build(engine, Domains.Books, Identity.Environment).Package!;
        var domain = Domains.Books with
        {
            Tools = [.. Domains.Books.Tools.Where(tool => right.Tools.Any(kept => kept.Name == tool.Name))],
            Dependencies = DependencyFinder.Find(Domains.Books.Tools, Identity.Graph.DependencyThreshold),
        };
        await store.TryCreateJsonAsync("in/domain.json", domain, default);
        var brain = Brain.Saying(question => EmbeddedBrain.Answer(question, right));
        var models = new OneModel(brain.Builder());

        var build = await RunAsync(new BuildEnvironmentStep(engine, models), "build/", "in/domain.json");
        var tasks = await RunAsync(new BuildTasksStep(engine, models), "tasks/", build.Output);

        var outcome = await store.ReadJsonAsync<EnvironmentOutcome>(build.Output, default);
        Assert.All(outcome.Origins!, origin => Assert.Equal(PartMaker.Model, origin.Maker));
        Assert.True(store.Blobs.ContainsKey("build/preparation.json"));
        Assert.Equal(4, tasks.Counts["tasks"]);
        Assert.Equal(4, (await store.ReadJsonAsync<TaskReport>("tasks/report.json", default)).Rewrites!.Kept["rewrite.no-answer"]);
        Assert.Equal(["edge_verification", "environment_policy", "environment_schema", "task_wording", "tool_program", "tool_refinement"], brain.Questions.Select(question => question.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(outcome.Environment, (await PackageFolder.ReadAsync(store, "build/package/", default)).Id);
    }

    [Fact]
    public void SelectSettings_Builder_CountsWithItsPromptsAndOtherRolesDoNot()
    {
        var without = Identity with { Models = new ModelsSettings() };

        Assert.NotEqual(Selected(without), Selected(Identity));
        Assert.Contains("tool-program@1", Selected(Identity), StringComparison.Ordinal);
        Assert.Equal(Selected(without), Selected(without with { Models = new ModelsSettings { Agent = new ModelSettings() }, Graph = new GraphSettings { EdgeConfidence = 0.9 } }));
        Assert.NotEqual(Selected(Identity), Selected(Identity with { Graph = new GraphSettings { EdgeConfidence = 0.9 } }));
    }

    private string Selected(CampaignIdentity identity) =>
        CanonicalJson.Serialize(new { Build = new BuildEnvironmentStep(engine, new NoModels()).SelectSettings(identity), Tasks = new BuildTasksStep(engine, new NoModels()).SelectSettings(identity) });

    private Task<StepResult> RunAsync(IStep step, string prefix, string input) =>
        step.RunAsync(new StepRun("key", step.SelectSettings(Identity), [input], prefix, store), default);

    private sealed class OneModel(RoleModel model) : IModelSource
    {
        public ValueTask<CampaignModels> OpenAsync(string campaign, ModelsSettings settings, CancellationToken cancellationToken) => ValueTask.FromResult(new CampaignModels([model]));
    }
}
