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

    [Theory]
    [InlineData("create_swap", true)]
    [InlineData("update_sequel", true)]
    [InlineData("create_swap", false)]
    public void Sample_SeveralThatOneRowCouldBe_AreDifferentRows(string name, bool refers)
    {
        var package = Swaps(refers);
        var session = engine.Open(LoadedEnvironment.Load(package), Seed.Root(1));
        var shown = LibraryEnvironment.Json("\"book-102\"");
        var wishes = refers ? new CallWishes([new RowKey("books", "book-102")], new Dictionary<string, JsonElement>())
            : new CallWishes([], new Dictionary<string, JsonElement> { ["from_id"] = shown, ["to_id"] = shown });
        for (var i = 0; i < Seeds; i++)
        {
            var call = new CallSampler(package, Seed.Root(i)).Sample(package.Tools.Single(tool => tool.Name == name), session, wishes)!;

            Assert.Equal(2, call.Arguments.Count);
            Assert.Single(call.Arguments, argument => argument.Value.GetString() == "book-102");
        }
    }

    [Fact]
    public void Sample_TheOnlyRowThereIs_IsBothOfTwo()
    {
        var package = Swaps(refers: true);
        package = package with { State = [.. package.State.Where(row => row.Key == "book-102")] };

        var call = new CallSampler(package, Seed.Root(1)).Sample(package.Tools.Single(tool => tool.Name == "create_swap"), engine.Open(LoadedEnvironment.Load(package), Seed.Root(1)))!;

        Assert.All(call.Arguments, argument => Assert.Equal("book-102", argument.Value.GetString()));
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

    /// <summary>The library with tools that take two books each.</summary>
    /// <param name="refers">Whether a swap's fields refer to books.</param>
    private static EnvironmentPackage Swaps(bool refers)
    {
        FieldSpec Book(string name, bool isReference = true) => new(name, LibraryEnvironment.Json("""{"type":"string"}"""), References: isReference ? "books" : null);
        var package = LibraryEnvironment.Package(
            LibraryEnvironment.Tool("create_swap", true, """{"type":"object","properties":{"from_id":{"type":"string"},"to_id":{"type":"string"}},"required":["from_id","to_id"]}""",
                "function create_swap(db, args, env) { return db.swaps.insert({ swap_id: env.newId('swaps'), from_id: args.from_id, to_id: args.to_id }); }",
                new ToolBinding { Kind = OperationKind.Create, Collection = "swaps", Fields = new(StringComparer.Ordinal) { ["from_id"] = "from_id", ["to_id"] = "to_id" } }),
            LibraryEnvironment.Tool("update_sequel", true, """{"type":"object","properties":{"book_id":{"type":"string"},"sequel_id":{"type":"string"}},"required":["book_id","sequel_id"]}""",
                "function update_sequel(db, args, env) { return db.books.update(args.book_id, { sequel_id: args.sequel_id }); }",
                new ToolBinding { Kind = OperationKind.Update, Collection = "books", KeyParameter = "book_id", Fields = new(StringComparer.Ordinal) { ["sequel_id"] = "sequel_id" } }));
        return package with
        {
            Schema = new EnvironmentSchema(
            [
                .. package.Schema.Collections.Select(collection => collection.Name == "books" ? collection with { Fields = [.. collection.Fields, Book("sequel_id")] } : collection),
                new CollectionSpec("swaps", "swap", "swap_id", null, [Book("swap_id", isReference: false), Book("from_id", refers), Book("to_id", refers)]),
            ]),
        };
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
