using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Funnel;
using AgentScaler.Graphs;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Tasks;

/// <summary>Listings that show keys and nothing else, as <c>{"names": ["blue", "red"]}</c>.</summary>
public sealed class BareKeysTests : IDisposable
{
    private const string Basket = """{"type":"object","properties":{"capacity":{"type":"integer"},"forward_url":{"type":"string"},"proxy":{"type":"boolean"}}}""";

    private readonly EnvironmentEngine engine = new(new EngineOptions(), LibraryEnvironment.Clock);
    private readonly Domain domain = Domains.Of(
        Domains.Tool("list_baskets", "GET", "/baskets", "{}", [], """{"type":"object","properties":{"names":{"type":"array","items":{"type":"string"}}},"required":["names"]}"""),
        Domains.Tool("get_basket", "GET", "/baskets/{name}", """{"name":{"type":"string","x-in":"path","x-segment":"baskets"}}""", ["name"], Basket),
        Domains.Tool("update_basket", "PUT", "/baskets/{name}", """{"name":{"type":"string","x-in":"path","x-segment":"baskets"},"capacity":{"type":"integer"}}""", ["name"], Basket));

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Materialise_ResultOfKeys_BindsTheItemItself()
    {
        var binding = SchemaBuilderTests.Materialise(domain).Tools.Single(tool => tool.Name == "list_baskets").Binding;

        Assert.Equal("names", binding.ResultPath);
        Assert.Equal([KeyValuePair.Create(ToolBinding.Itself, "name")], binding.ResultFields);
    }

    [Fact]
    public void Build_ListedKeys_AreAskedForAndHandedOnByTheirPlace()
    {
        var edges = DependencyFinder.Find(domain.Tools, 0.4);
        Assert.Contains(edges, edge => (edge.Producer, edge.OutputField, edge.Consumer) == ("list_baskets", "names[]", "get_basket"));

        var build = new TaskBuilder(new TaskSettings { PerEnvironment = 12, AbstentionShare = 0 }, engine, new OutcomeJudge()).Build(SchemaBuilderTests.Materialise(domain), edges, Seed.Root(1));

        var handed = build.Tasks.SelectMany(task => task.Gold.SelectMany(call => call.Origins.Where(origin => origin.Step is { } step && task.Gold[step].Tool == "list_baskets").Select(origin => (Task: task, origin.Path)))).ToList();
        Assert.NotEmpty(handed);
        Assert.All(handed, origin => Assert.Matches(@"^names\.[0-4]$", origin.Path));
        Assert.Contains(handed, origin => origin.Task.Requests.Any(request => request.Text.Contains(" of these baskets", StringComparison.Ordinal)));
        Assert.Contains(build.Tasks.SelectMany(task => task.Requests), request => request.RequiredOutputs.Any(output => output.Path == "names.0"));
    }
}
