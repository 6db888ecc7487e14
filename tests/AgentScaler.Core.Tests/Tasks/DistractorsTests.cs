using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Tasks;

/// <summary>Rows to be mistaken for others leave true what the state says, and what the user says.</summary>
public sealed class DistractorsTests : LibraryTaskTests
{
    [Theory]
    [InlineData("""{"shelf_id":{"type":"string"},"name":{"type":"string"}}""", 1)]
    [InlineData("""{"shelf_id":{"type":"string"},"name":{"type":"string"},"book_count":{"type":"integer"}}""", 0)]
    public void Draw_OfRowsThatOthersCount_GivesNone(string shelf, int expected) => Assert.Equal(expected, Draw("books", Domains.Package(Engine, Domains.Of(
        Domains.Tool("get_shelf", "GET", "/shelves/{shelf_id}", """{"shelf_id":{"type":"string"}}""", ["shelf_id"], $$"""{"type":"object","properties":{{shelf}}}"""),
        Domains.Tool("get_book", "GET", "/books/{book_id}", """{"book_id":{"type":"string"}}""", ["book_id"],
            """{"type":"object","properties":{"book_id":{"type":"string"},"title":{"type":"string"},"shelf_id":{"type":"string"}},"required":["book_id","title","shelf_id"]}""")))).Count);

    [Fact]
    public void Draw_OfRowsKeyedByOthers_GivesNone()
    {
        var library = LibraryEnvironment.Package();
        var package = library with
        {
            Schema = new EnvironmentSchema([.. library.Schema.Collections, new CollectionSpec("covers", "cover", "book_id", "name",
                [new FieldSpec("book_id", LibraryEnvironment.Json("""{"type":"string"}"""), Required: true), new FieldSpec("name", LibraryEnvironment.Json("""{"type":"string"}"""), Required: true)])]),
            State =
            [
                .. library.State,
                new RowData("covers", "book-101", LibraryEnvironment.Json("""{"book_id":"book-101","name":"Blue sand"}""")),
                new RowData("covers", "book-102", LibraryEnvironment.Json("""{"book_id":"book-102","name":"Red dress"}""")),
            ],
        };

        Assert.Empty(Draw("covers", package));
        Assert.NotEmpty(Draw("books", package));
    }

    [Fact]
    public void Draw_KeyThatSaysWhereTheRowIs_SaysTheSame()
    {
        const string Place = "arn:aws:ecs:eu-west-1:111122223333:cluster/";
        RowData Cluster(string name) => new("clusters", Place + name, LibraryEnvironment.Json($$"""{"cluster_arn":"{{Place}}{{name}}","name":"{{name}}"}"""));
        var package = LibraryEnvironment.Package() with
        {
            Schema = new EnvironmentSchema([new CollectionSpec("clusters", "cluster", "cluster_arn", "name",
                [new FieldSpec("cluster_arn", LibraryEnvironment.Json("""{"type":"string"}"""), Required: true), new FieldSpec("name", LibraryEnvironment.Json("""{"type":"string"}"""), Required: true)])]),
            Tools = [],
            Rules = [],
            State = [Cluster("billing-main"), Cluster("search-spare")],
        };

        var change = Assert.Single(Draw("clusters", package));

        Assert.StartsWith(Place, change.Key, StringComparison.Ordinal);
        Assert.Equal(change.Key, change.Row!.Value.GetProperty("cluster_arn").GetString());
    }

    [Theory]
    [InlineData("Ann Berg", true)]
    [InlineData("Frank Herbert", false)]
    public void Make_RowThatIsFoundByAValueAnotherHasNow_GivesNoWalk(string author, bool works)
    {
        var tools = Library.Package.Tools.ToDictionary(tool => tool.Name);
        var list = new PlannedCall(tools["list_books"], [Argument("author", ArgumentRole.Filter, null, "\"Frank Herbert\"")], [new("author", OriginKind.User)], Lookup: true, Writes: false, Result(Open([]), "list_books", """{"author":"Frank Herbert"}"""));
        var update = new PlannedCall(tools["update_book"], [Argument("book_id", ArgumentRole.Key, "books", "\"book-101\""), Argument("pages", ArgumentRole.Value, null, "620")],
            [new("book_id", OriginKind.State, 0, "items.0.book_id"), new("pages", OriginKind.User)], Lookup: false, Writes: true, "");
        var planned = new PlannedRequest(0, [list, update]);
        var other = new RowChange("books", "book-900", LibraryEnvironment.Json($$"""{"book_id":"book-900","title":"Dune 2","author":"{{author}}","pages":300,"status":"available"}"""));

        var walk = new WalkReplay(Library.Package, Open([other]), Seed.Root(1)).Make([(planned, new UserRequest("", 0, 2, []))]);

        Assert.Equal(works, walk is not null);
    }

    private static SampledArgument Argument(string parameter, ArgumentRole role, string? collection, string value) => new(parameter, role, collection, LibraryEnvironment.Json(value));

    private static string Result(EnvironmentSession session, string tool, string arguments) => session.Call(tool, LibraryEnvironment.Json(arguments)).Content;

    private EnvironmentSession Open(IReadOnlyList<RowChange> changes) => Engine.Open(Library, Seed.Root(1), changes);

    /// <summary>Distractors of a collection's first row.</summary>
    private IReadOnlyList<RowChange> Draw(string collection, EnvironmentPackage package)
    {
        var session = Engine.Open(LoadedEnvironment.Load(package), Seed.Root(1));
        return Distractors.Draw(package, session, [new RowKey(collection, session.Rows(collection).First().Key)], Seed.Root(2));
    }
}
