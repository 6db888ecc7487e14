using System.Text.Json;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Core.Tests.Tasks;

public sealed class WalkMemoryTests : LibraryTaskTests
{
    private static readonly RowKey Dune = new("books", "book-101");
    private static readonly RowKey Emma = new("books", "book-102");

    [Fact]
    public void Meant_BookShownAlone_IsThatBook()
    {
        var memory = Memory();
        Get(memory, Dune);
        memory.Begin();

        Assert.Equal((0, "book_id"), Place(Meant(memory, Dune)));
        Assert.Null(Meant(memory, Emma));
    }

    [Fact]
    public void Meant_AnotherBookNamedSinceWithoutBeingShown_IsNotThatBook()
    {
        var memory = Memory();
        Get(memory, Dune);
        memory.Begin();
        Add(memory, "mark_book_lost", [Key(Emma)], "{}");
        memory.Begin();

        Assert.Null(Meant(memory, Dune));
    }

    [Fact]
    public void Meant_ListingOfSeveral_IsByPlaceAmongTheFirstFive()
    {
        var memory = Memory();
        Add(memory, "list_books", [], Books([.. Enumerable.Range(101, 7).Select(number => $"book-{number}")]));
        memory.Begin();

        Assert.Equal((0, "items.1.book_id"), Place(Meant(memory, Emma)));
        Assert.Equal((0, "items.4.book_id"), Place(Meant(memory, new("books", "book-105"))));
        Assert.Null(Meant(memory, new("books", "book-106")));
    }

    [Fact]
    public void Meant_RowsBeyondTheFifthReferToAnother_NothingSaysWhichIsMeant()
    {
        var memory = Memory(Loans);
        Add(memory, "list_loans", [], LoansOf([.. Enumerable.Repeat(Dune, 5), Emma]), tool: Loans);
        memory.Begin();

        Assert.Null(Meant(memory, Dune));
    }

    [Fact]
    public void Meant_AllRowsReferToOne_IsThatOne()
    {
        var memory = Memory(Loans);
        Add(memory, "list_loans", [], LoansOf([Dune, Dune]), tool: Loans);
        memory.Begin();

        Assert.Equal(0, Meant(memory, Dune)!.Step);
        Assert.False(Meant(memory, Dune)!.IsOwn);
    }

    [Fact]
    public void Meant_LookupOfThisRequestShowsTheRowItself_CountsBeforeOneThatRefersToIt()
    {
        var memory = Memory(Loans);
        memory.Begin();
        Add(memory, "list_books", [], Books("book-101", "book-102"), isLookup: true);
        Add(memory, "list_loans", [Reference(Dune)], LoansOf([Dune, Dune]), new ArgumentOrigin("book_id", OriginKind.State, 0, "items.0.book_id"), isLookup: true, Loans);

        Assert.Equal((0, "items.0.book_id"), Place(Meant(memory, Dune)));
    }

    [Fact]
    public void Meant_RowThatTheUserNamedInThisRequest_IsTheUsersToName()
    {
        var memory = Memory(Loans);
        memory.Begin();
        Add(memory, "list_loans", [Reference(Dune)], LoansOf([Dune, Dune]), isLookup: true, tool: Loans);

        Assert.Null(Meant(memory, Dune));
        Assert.True(memory.IsStated(Dune));
    }

    [Fact]
    public void Meant_SeveralResultsShowIt_TheOneThatHandedNothingOnYetIsPreferred()
    {
        var memory = Memory(edges: [Edge("get_book", "update_book"), Edge("mark_book_lost", "update_book")], covered: "mark_book_lost");
        Get(memory, Dune);
        memory.Begin();
        Add(memory, "mark_book_lost", [Key(Dune)], Book("book-101"));
        memory.Begin();

        Assert.Equal(0, Meant(memory, Dune)!.Step);
    }

    [Fact]
    public void Meant_ResultThatShowsItsParent_ThatRowIsTheOneItself()
    {
        var memory = new WalkMemory(Shelves, [], new CoveragePlan(Shelves, [], new TaskSettings()));
        var get = Shelves.Tools[0];
        memory.Add(new PlannedCall(get, [new("id", ArgumentRole.Key, "shelves", Text("s-2"))], [new("id", OriginKind.User)], Lookup: false, Writes: false, """{"id":"s-2","parent_id":"s-1"}"""));
        memory.Begin();

        Assert.Equal((0, "id"), Place(memory.Meant(new("shelves", "s-2"), get, "id")));
        Assert.Null(memory.Meant(new("shelves", "s-1"), get, "id"));
    }

    private static EnvironmentPackage Shelves { get; } = SchemaOf(
        new CollectionSpec("shelves", "shelf", "id", null, [new FieldSpec("id", Json("""{"type":"string"}"""), true), new FieldSpec("parent_id", Json("""{"type":"string"}"""), false, "shelves")]),
        Environments.LibraryEnvironment.Tool("get_shelf", false, """{"type":"object","properties":{"id":{"type":"string"}},"required":["id"]}""", "function get_shelf(db, args, env) { return {}; }", new ToolBinding
        {
            Kind = OperationKind.Get, Collection = "shelves", KeyParameter = "id", ResultPath = "", ResultFields = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["id"] = "id", ["parent_id"] = "parent_id" },
        }));

    private static PackageTool Loans { get; } = Environments.LibraryEnvironment.Tool("list_loans", false, """{"type":"object","properties":{"book_id":{"type":"string"}},"required":[]}""", "function list_loans(db, args, env) { return {}; }", new ToolBinding
    {
        Kind = OperationKind.List, Collection = "loans", Fields = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["book_id"] = "book_id" }, ResultPath = "items",
        ResultFields = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["loan_id"] = "loan_id", ["book_id"] = "book_id" },
    });

    private static EnvironmentPackage SchemaOf(CollectionSpec collection, PackageTool tool) => Environments.LibraryEnvironment.Package() with { Schema = new EnvironmentSchema([collection]), Tools = [tool], State = [], Rules = [] };

    private WalkMemory Memory(PackageTool? extra = null, IReadOnlyList<DependencyEdge>? edges = null, string? covered = null)
    {
        var package = Environments.LibraryEnvironment.Package(extra is null ? [] : [extra]);
        var plan = new CoveragePlan(package, edges ?? [], new TaskSettings());
        if (covered is not null)
        {
            var gold = Writing.Gold;
            plan.Add(Writing with { Gold = [gold[0] with { Tool = covered }, gold[1]] });
        }

        return new WalkMemory(package, edges ?? [], plan);
    }

    private KnownRow? Meant(WalkMemory memory, RowKey row) => memory.Meant(row, Tool("update_book"), "book_id");

    private void Get(WalkMemory memory, RowKey book) => Add(memory, "get_book", [Key(book)], Book(book.Key));

    private void Add(WalkMemory memory, string name, SampledArgument[] arguments, string result, ArgumentOrigin? origin = null, bool isLookup = false, PackageTool? tool = null) => memory.Add(
        new PlannedCall(tool ?? Tool(name), arguments, [.. arguments.Select(argument => origin ?? new ArgumentOrigin(argument.Parameter, OriginKind.User))], isLookup, Writes: false, result));

    private PackageTool Tool(string name) => Library.Package.Tools.First(tool => tool.Name == name);

    private static (int, string) Place(KnownRow? row) => (row!.Step, row.Path);

    private static SampledArgument Key(RowKey row) => new("book_id", ArgumentRole.Key, row.Collection, Text(row.Key));

    private static SampledArgument Reference(RowKey row) => new("book_id", ArgumentRole.Reference, row.Collection, Text(row.Key));

    private static string Book(string id) => JsonSerializer.Serialize(new { book_id = id, title = "T" });

    private static string Books(params IEnumerable<string> ids) => JsonSerializer.Serialize(new { items = ids.Select(id => new { book_id = id, title = "T" }) });

    private static string LoansOf(IEnumerable<RowKey> books) => JsonSerializer.Serialize(new { items = books.Index().Select(book => new { loan_id = $"loan-{book.Index}", book_id = book.Item.Key }) });

    private static DependencyEdge Edge(string producer, string consumer) => new(producer, "book_id", consumer, "book_id", 0.9, DependencyKind.Entity, "id of book", IsDeclared: true);

    private static JsonElement Text(string value) => JsonSerializer.SerializeToElement(value);

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
