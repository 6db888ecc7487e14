using System.Text.Json;
using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Given;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Json;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Environments.Given;

public sealed class GivenPartsTests : IDisposable
{
    private const string OwnProgram = "// mine\nfunction get_book(db, args, env) {\n  const row = db.books.get(args.book_id);\n  if (row === undefined) throw env.error('not_found', 'no such book');\n  return row;\n}\n";

    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Build_OwnProgram_IsKeptByteForByteAndTheRestIsMade()
    {
        var package = Build(Domains.Books, ("programs/get_book.js", OwnProgram));

        Assert.Equal(OwnProgram, package.Tools.Single(tool => tool.Name == "get_book").Program);
        Assert.Equal(OperationKind.Get, package.Tools.Single(tool => tool.Name == "get_book").Binding.Kind);
        Assert.Contains(package.Tools, tool => tool.Name == "update_book");
    }

    [Fact]
    public void Build_ProgramOfAToolNobodyCanRead_MakesItATool()
    {
        const string Program = "function shake_hands(db, args, env) { const book = db.books.get(args.book_id); if (book === undefined) throw env.error('not_found', 'none'); return db.books.update(args.book_id, { pages: 77 }); }";
        var domain = Domains.Books with { Tools = [.. Domains.Books.Tools, Domains.Tool("shake_hands", null, null, """{"book_id":{"type":"string"}}""", ["book_id"], null)] };

        var tool = Build(domain, ("programs/shake_hands.js", Program)).Tools.Single(tool => tool.Name == "shake_hands");

        Assert.Equal((Program, OperationKind.Other, true, "books"), (tool.Program, tool.Binding.Kind, tool.Writes, tool.Binding.Collection));
    }

    [Fact]
    public void Build_OwnRows_AreKeptAndTheOthersFitThem()
    {
        const string Shelves = """{"shelves":[{"shelf_id":"north","name":"North"},{"shelf_id":"south","name":"South","note":"dry"}]}""";

        var package = Build(Domains.Books, ("state.json", Shelves));

        Assert.Equal(
            ["""{"name":"North","shelf_id":"north"}""", """{"name":"South","note":"dry","shelf_id":"south"}"""],
            package.State.Where(row => row.Collection == "shelves").Select(row => CanonicalJson.Write(row.Row)));
        var books = package.State.Where(row => row.Collection == "books").ToList();
        Assert.True(books.Count >= 12);
        Assert.Equal(["north", "south"], books.Select(row => row.Row.GetProperty("shelf_id").GetString()).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Build_OwnRowsThatReferToMadeOnes_FindThem()
    {
        const string Books = """{"books":[{"book_id":"b1","title":"Dune","pages":612,"status":"available","shelf_id":"attic"}]}""";

        var package = Build(Domains.Books, ("state.json", Books));

        Assert.Equal("b1", Assert.Single(package.State, row => row.Collection == "books").Key);
        Assert.Contains(package.State, row => row is { Collection: "shelves", Key: "attic" });
    }

    [Fact]
    public void Build_OwnPolicy_IsKeptEvenWhereToolsLeave()
    {
        const string Broken = "function get_shelf(db, args, env) { return { made: 'up' }; }";

        var build = Try(Domains.Books, ("policy.md", "# Mine\n"), ("programs/get_shelf.js", Broken));

        Assert.Equal("# Mine\n", build.Package!.Policy);
        Assert.Contains(build.Outcome.ToolsRejected, tool => tool.Tool == "get_shelf" && tool.Reason.StartsWith("audit.", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_OwnSchema_IsKeptAndProgramsAreMadeForIt()
    {
        const string Schema = """
            {"collections":[{"name":"orders_of_mine","entity":"order","key":"order_id","fields":[
              {"name":"order_id","type":{"type":"integer"},"required":true},
              {"name":"status","type":{"type":"string","enum":["open","paid","cancelled","refunded"]},"required":true},
              {"name":"note","type":{"type":"string"}},
              {"name":"colour","type":{"type":"string","enum":["red","blue"]},"required":true}]}]}
            """;
        var domain = Domains.Orders with { Tools = [.. Domains.Orders.Tools.Where(tool => tool.Name is "cancel_order" or "refund_order")] };

        var package = Build(domain, ("schema.json", Schema));

        Assert.Equal(CanonicalJson.Serialize(JsonSerializer.Deserialize<EnvironmentSchema>(Schema, ArtifactJson.Options)), CanonicalJson.Serialize(package.Schema));
        Assert.All(package.Tools, tool => Assert.Contains("db.orders_of_mine.", tool.Program, StringComparison.Ordinal));
        Assert.All(package.State, row => Assert.True(row.Row.TryGetProperty("colour", out _)));
    }

    [Fact]
    public void Build_PartsOfAWholePackage_GiveThatPackageAgain()
    {
        var library = LibraryEnvironment.Package();
        var files = library.Tools.Select(tool => (PackageFiles.Program(tool.Name), tool.Program)).Concat(
        [
            (PackageFiles.Tools, CanonicalJson.Serialize(library.Tools.Select(tool => new PackageToolEntry(tool.Spec, tool.Writes, tool.Binding)))),
            (PackageFiles.Schema, CanonicalJson.Serialize(library.Schema)),
            (PackageFiles.State, CanonicalJson.Serialize(library.State)),
            (PackageFiles.Policy, library.Policy),
            (PackageFiles.Rules, CanonicalJson.Serialize(library.Rules)),
        ]).ToArray();
        var given = Read(files);

        var package = Build(DomainFinder.Whole(GivenTools.Specs(given, new ToolSettings(), out _), new GraphSettings()), files);

        // The time and the locales are no parts: they come from the settings.
        Assert.Equal(new EnvironmentSettings().Locales, package.Locales);
        Assert.Equal(CanonicalJson.Serialize(library with { Id = "", Name = "", Locales = package.Locales }), CanonicalJson.Serialize(package with { Id = "", Name = "" }));
    }

    [Theory]
    [InlineData("policy.txt", "be kind", "policy.txt", "whole file")]
    [InlineData("programs/get_book.js", "function get_book(db, args, env) { return process; }", "programs/get_book.js", "line 1, column 43")]
    [InlineData("programs/no_tool.js", "function no_tool(db, args, env) { return 1; }", "programs/no_tool.js", "whole file")]
    [InlineData("state.json", """{"ghosts":[]}""", "state.json", "$.ghosts")]
    [InlineData("state.json", """{"shelves":[{"shelf_id":"a","name":"A"},{"name":"B"}]}""", "state.json", "$.shelves[1]")]
    [InlineData("state.json", """{"shelves":[{"shelf_id":"a","name":"A"}],"books":[{"book_id":"b","title":"T","pages":3,"status":"lost","shelf_id":"z"}]}""", "state.json", "$.books, the row 'b', shelf_id")]
    [InlineData("schema.json", """{"collections":[{"name":"a b","entity":"a","key":"k","fields":[]}]}""", "schema.json", "$.collections[0].name")]
    [InlineData("schema.json", """{"collections":[{"name":"books","entity":"book","key":"book_id","keyOutside":true,"fields":[{"name":"title","type":{"type":"string"}}]}]}""", "schema.json", "$.collections[0].keyOutside")]
    [InlineData("schema.json", "{", "schema.json", "line 1")]
    public void Build_BrokenPart_NamesFileAndPlace(string file, string text, string expectedFile, string place)
    {
        var e = Assert.Throws<PackageException>(() => Try(Domains.Books, (file, text)));

        Assert.Equal(expectedFile, e.File);
        Assert.StartsWith(place, e.Place, StringComparison.Ordinal);
    }

    private EnvironmentPackage Build(Domain domain, params (string Name, string Text)[] files)
    {
        var build = Try(domain, files);
        Assert.True(build.Package is not null, string.Join('\n', build.Outcome.ToolsRejected));
        return build.Package;
    }

    private EnvironmentBuild Try(Domain domain, params (string Name, string Text)[] files) =>
        new EnvironmentBuilder(new EnvironmentSettings { MinimumPassRate = 0.7 }, engine).Build(domain, Seed.Root(1), Read(files));

    private static GivenParts Read((string Name, string Text)[] files) => GivenParts.Read(files.ToDictionary(file => file.Name, file => file.Text, StringComparer.Ordinal));
}
