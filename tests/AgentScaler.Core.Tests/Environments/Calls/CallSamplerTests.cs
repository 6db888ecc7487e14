using System.Text.Json;
using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Core.Tests.Environments.Calls;

public sealed class CallSamplerTests : IDisposable
{
    private const int Seeds = 20;

    private const string Message = """{"type":"object","properties":{"message_id":{"type":"string"},"channel_id":{"type":"string"},"subject":{"type":"string"},"body":{"type":"string"}},"required":["message_id","channel_id","subject"]}""";

    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Sample_TwoReferencesIntoOneCollection_NameTwoRows()
    {
        var package = Domains.Package(engine, Domains.Of(
            Domains.Tool("get_account", "GET", "/accounts/{account_id}", """{"account_id":{"type":"string"}}""", ["account_id"], """{"type":"object","properties":{"account_id":{"type":"string"},"name":{"type":"string"}}}"""),
            Domains.Tool("create_transfer", "POST", "/transfers", """{"from_account_id":{"type":"string"},"to_account_id":{"type":"string"},"amount":{"type":"number"}}""", ["amount", "from_account_id", "to_account_id"], null),
            Domains.Tool("update_account", "PATCH", "/accounts/{account_id}", """{"account_id":{"type":"string"},"parent_account_id":{"type":"string"}}""", ["account_id", "parent_account_id"], null)));
        var session = engine.Open(LoadedEnvironment.Load(package), Seed.Root(1));
        var first = new RowKey("accounts", session.Rows("accounts").First().Key);
        foreach (var (tool, i) in new[] { "create_transfer", "update_account" }.SelectMany(name => Enumerable.Range(0, Seeds).Select(i => (package.Tools.Single(tool => tool.Name == name), i))))
        {
            var call = new CallSampler(package, Seed.Root(i)).Sample(tool, session, new CallWishes([first], new Dictionary<string, JsonElement>()))!;

            var accounts = call.Arguments.Where(argument => argument.Collection == "accounts").Select(argument => argument.Value.GetString()).ToList();
            Assert.Equal(2, accounts.Distinct().Count());
            Assert.Contains(first.Key, accounts);
        }
    }

    [Fact]
    public void Sample_SearchWithinSomething_IsOfTheRowThatTheTextIsOf()
    {
        var (package, session) = Messages();
        var search = package.Tools.Single(tool => tool.Name == "search_messages");
        var channels = session.Rows("messages").Select(row => row.Value.GetProperty("channel_id").GetString()!).Distinct().ToList();
        for (var i = 0; i < Seeds; i++)
        {
            var wished = new RowKey("channels", channels[i % channels.Count]);

            var call = new CallSampler(package, Seed.Root(i)).Sample(search, session, new CallWishes([wished], new Dictionary<string, JsonElement>()))!;

            Assert.Equal(wished.Key, call.Arguments.Single(argument => argument.Parameter == "channel_id").Value.GetString());
            var result = session.Call(search.Name, call.ToJson());
            Assert.False(result.IsError, result.Content);
            Assert.NotEqual(0, JsonElement.Parse(result.Content).GetArrayLength());
        }
    }

    [Fact]
    public void Find_GoalThatNamesWhereTheRowBelongs_SearchesThere()
    {
        var (package, session) = Messages();
        var (key, row) = session.Rows("messages").First();
        var goal = CallSampler.Complete(package.Tools.Single(tool => tool.Name == "delete_message"),
        [
            new SampledArgument("channel_id", ArgumentRole.Reference, "channels", row.GetProperty("channel_id")),
            new SampledArgument("message_id", ArgumentRole.Key, "messages", row.GetProperty("message_id")),
        ])!;

        var lookup = new LookupFinder(package, session, new CoveragePlan(package, [], new TaskSettings()), Seed.Root(1).Random()).Find(new RowKey("messages", key), goal)!;

        Assert.Equal("search_messages", lookup.Tool.Name);
        Assert.Equal(row.GetProperty("channel_id").GetString(), lookup.Arguments.Single(argument => argument.Parameter == "channel_id").Value.GetString());
        Assert.Contains(key, session.Call(lookup.Tool.Name, lookup.ToJson()).Content, StringComparison.Ordinal);
    }

    private (EnvironmentPackage Package, EnvironmentSession Session) Messages()
    {
        var package = Domains.Package(engine, Domains.Of(
            Domains.Tool("get_channel", "GET", "/channels/{channel_id}", """{"channel_id":{"type":"string"}}""", ["channel_id"], """{"type":"object","properties":{"channel_id":{"type":"string"},"name":{"type":"string"}}}"""),
            Domains.Tool("search_messages", "GET", "/messages/search", """{"channel_id":{"type":"string"},"query":{"type":"string"}}""", ["channel_id", "query"], $$$"""{"type":"array","items":{{{Message}}}}"""),
            Domains.Tool("delete_message", "DELETE", "/channels/{channel_id}/messages/{message_id}", """{"channel_id":{"type":"string"},"message_id":{"type":"string"}}""", ["channel_id", "message_id"], null)));
        return (package, engine.Open(LoadedEnvironment.Load(package), Seed.Root(1)));
    }
}
