using System.Text;
using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Tools;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Sources;

namespace AgentScaler.Core.Tests.Tools;

public sealed class LinkedFileTests : IDisposable
{
    private const string Main = """
        {"openapi":"3.0.0","info":{"title":"Shop"},"paths":{
          "/books":{"$ref":"paths/books.yaml"},
          "/pets":{"get":{"operationId":"getPets","summary":"Gets the pets of the shop","parameters":[{"$ref":"../common/parameters.json#/limit"}],
            "responses":{"200":{"content":{"application/json":{"schema":{"$ref":"./pet.json"} } } } } } } } }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Import_ReferencesAcrossFiles_AreFollowed()
    {
        Write("spec/main.json", Main);
        Write("spec/paths/books.yaml", "post:\n  operationId: addBook\n  summary: Adds a book to the shop\n  requestBody: {content: {application/json: {schema: {$ref: '../book.json#/definitions/Book'}}}}\n");
        Write("spec/book.json", """{"definitions":{"Book":{"type":"object","properties":{"title":{"$ref":"#/definitions/Title"},"part_of":{"$ref":"book.json#/definitions/Book"}}},"Title":{"type":"string"}}}""");
        Write("spec/pet.json", """{"type":"object","properties":{"name":{"type":"string"},"mother":{"$ref":"pet.json"}}}""");
        Write("common/parameters.json", """{"limit":{"name":"limit","in":"query","schema":{"type":"integer"}}}""");

        var outcome = Import();

        Assert.Equal(["add_book", "get_pets"], outcome.Tools.Select(t => t.Name));
        Assert.Equal("""{"type":"string","x-in":"body"}""", CanonicalJson.Write(outcome.Tools[0].Property("title")));
        Assert.Equal("""{"type":"object","x-in":"body","x-recursive":true}""", CanonicalJson.Write(outcome.Tools[0].Property("part_of")));
        Assert.Equal("""{"type":"integer","x-in":"query"}""", CanonicalJson.Write(outcome.Tools[1].Property("limit")));
        Assert.True(outcome.Tools[1].Returns!.Value.GetProperty("properties").GetProperty("mother").GetProperty("x-recursive").GetBoolean());
        Assert.Equal(["part", "part", "openapi-3", "part", "part"], outcome.Report.Documents.OrderBy(d => d.Name, StringComparer.Ordinal).Select(d => d.Dialect));
        Assert.All(outcome.Problems(), p => Assert.Equal("document.part", p.Code));
    }

    [Theory]
    [InlineData("../../outside.json", "reference.external")]
    [InlineData("/etc/passwd", "reference.external")]
    [InlineData("C:/windows/x.json", "reference.external")]
    [InlineData("https://example.org/x.json", "reference.external")]
    [InlineData("%2e%2e/%2e%2e/outside.json", "reference.external")]
    [InlineData("ghost.json#/x", "reference.missing")]
    [InlineData("pet.json#/ghost", "reference.missing")]
    [InlineData("broken.json#/x", "reference.missing")]
    public void Import_ReferenceThatCantBeFollowed_IsReportedAndTheToolSurvives(string reference, string code)
    {
        Write("spec/main.json", Catalogue.Operation($$"""
            "parameters":[{"name":"a","in":"query","schema":{"$ref":"{{reference}}"} },{"name":"b","in":"query","schema":{"$ref":"pet.json"} }]
            """));
        Write("spec/pet.json", """{"type":"object"}""");
        Write("spec/broken.json", "{");

        var outcome = Import();

        Assert.Equal(["a", "b"], outcome.Only().PropertyNames());
        var problem = Assert.Single(outcome.Report.Documents, d => d.Name == "spec/main.json").Problems.Single();
        Assert.Equal((code, reference, "/paths/~1things/post/parameters/0/schema"), (problem.Code, problem.Found, problem.Place));
    }

    [Fact]
    public async Task Run_DocumentsFromTheStore_GivesWhatTheFilesGaveWhereverTheyLie()
    {
        Write("spec/main.json", Main);
        Write("spec/pet.json", """{"type":"object","properties":{"name":{"type":"string"}}}""");
        var expected = Import().Tools.Select(CanonicalJson.Serialize);
        using var elsewhere = new TemporaryFolder();
        foreach (var file in SourceLocator.Locate([folder.Path], "/").Files)
        {
            var copy = Path.Combine(elsewhere.Path, "deep", file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file.Path, copy);
        }

        var located = SourceLocator.Locate([Path.Combine(elsewhere.Path, "deep")], "/").Files;
        using var store = new FolderArtifactStore(Path.Combine(elsewhere.Path, "store"));
        var stored = await DocumentUpload.StoreAsync(store, located, CancellationToken.None);
        var folders = await DocumentUpload.StoreAsync(store, Links(located), CancellationToken.None);
        var step = new ImportToolsStep();
        var settings = step.SelectSettings(new CampaignIdentity { Documents = [.. stored.Select(d => d.Sha256), .. folders] });
        var result = await step.RunAsync(new StepRun("key", settings, [], "steps/tools.import/key/", store), CancellationToken.None);

        Assert.Single(folders);
        Assert.Equal(string.Concat(expected.Select(line => line + "\n")), await store.ReadTextAsync(result.Output, CancellationToken.None));
    }

    [SkippableFact]
    public void Import_PetstoreInSeveralFiles_ResolvesThemAll()
    {
        var outcome = Import(Catalogue.Corpus("native/oas2-petstore-separate"));

        Assert.Equal(4, outcome.Tools.Count);
        var find = Assert.Single(outcome.Tools, t => t.OriginalName == "findPets");
        Assert.Equal(["limit", "tags"], find.PropertyNames());
        Assert.Equal(["id", "name", "tag"], find.Returns!.Value.GetProperty("items").GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.All(outcome.Problems(), p => Assert.Equal("document.part", p.Code));
    }

    [Theory]
    [InlineData("a/b.json", "c.json", "a/c.json")]
    [InlineData("a/b.json", "./../c%20d.json", "c d.json")]
    [InlineData("a/b.json", "..\\c.json", "c.json")]
    [InlineData("b.json", "../c.json", null)]
    [InlineData("b.json", "//host/c.json", null)]
    [InlineData("b.json", "urn:c", null)]
    public void Resolve_Path_StaysBelowTheSource(string from, string path, string? expected) => Assert.Equal(expected, RelativePath.Resolve(from, path));

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
    }

    private ImportOutcome Import(string? root = null)
    {
        var files = SourceLocator.Locate([root ?? folder.Path], "/").Files;
        return CatalogueImporter.Import(
            [.. files.Select(f => CatalogueDocument.Of(File.ReadAllBytes(f.Path), f.Name)), .. Links(files).Select(f => f.ToDocument())], new ToolSettings());
    }

    private static IReadOnlyList<DocumentFolder> Links(IReadOnlyList<LocatedFile> files) =>
        SourceLinks.Find(
            files,
            files.ToDictionary(f => f.Path, f => CatalogueDocument.Of(File.ReadAllBytes(f.Path)).Sha256, StringComparer.Ordinal),
            f => File.ReadAllBytes(f.Path));
}
