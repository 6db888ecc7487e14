using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Json;
using AgentScaler.Tools;
using AgentScaler.Tools.Sources;

namespace AgentScaler.Core.Tests.Tools;

public sealed class CorpusTests
{
    [SkippableTheory]
    [InlineData("oas30-box.json", "openapi-3", 296)]
    [InlineData("oas30-twilio-verify.json", "openapi-3", 57)]
    [InlineData("oas30-surevoip-pathref.json", "openapi-3", 30)]
    [InlineData("oas30-icons8-undeclared.json", "openapi-3", 8)]
    [InlineData("oas30-here-positioning-not.json", "openapi-3", 3)]
    [InlineData("oas31-codat-commerce.json", "openapi-3", 17)]
    [InlineData("oas31-wolframalpha.json", "openapi-3", 2)]
    [InlineData("oas31-adyen-webhooks.json", "openapi-3", 0)]
    [InlineData("oas30-ipinfodb-empty.json", "openapi-3", 0)]
    [InlineData("openai-tools/nemo_workplace_assistant.jsonl", "openai-tools", 27)]
    [InlineData("oas2-slack.json", "openapi-2", 174)]
    [InlineData("oas2-ebay-anchors.yaml", "openapi-2", 3)]
    [InlineData("oas31-tictactoe.yaml", "openapi-3", 3)]
    [InlineData("mcp/toucan_mlb.json", "mcp", 46)]
    [InlineData("mcp/toucan_apisix.json", "mcp", 32)]
    [InlineData("bfcl/BFCL_v4_live_simple.json", "bfcl", 154)]
    [InlineData("bfcl/multi_turn_travel_booking.json", "bfcl", 18)]
    [InlineData("toolbench/G3_query.json", "toolbench", 11)]
    [InlineData("xlam/hammer_toolalpaca.json", "xlam", 46)]
    [InlineData("apizoo/Youtube_API.json", "gorilla-apizoo", 80)]
    [InlineData("apizoo/Gmail_API.json", "broken-json", 0)]
    [InlineData("api-bank/all_apis.csv", "api-bank", 101)]
    [InlineData("acebench/data_normal_atom_list.json", "acebench", 197)]
    public void Import_NativeDocument_IsRecognisedAndCounted(string file, string dialect, int read)
    {
        var bytes = File.ReadAllBytes(Catalogue.Corpus("native/" + file));

        var report = Assert.Single(CatalogueImporter.Import([CatalogueDocument.Of(bytes)], new ToolSettings()).Report.Documents);

        Assert.Equal((dialect, read), (report.Dialect, report.Read));
    }

    [SkippableFact]
    public void Import_NativeFolder_AccountsForEveryToolAndStaysWithinTheNormalForm()
    {
        var folder = Catalogue.Corpus("native");
        var files = SourceLocator.Locate([folder], ".").Files;

        var outcome = CatalogueImporter.Import(files.Select(f => CatalogueDocument.Of(File.ReadAllBytes(f.Path), f.Name)), new ToolSettings());

        Assert.True(outcome.Tools.Count > 400, $"{outcome.Tools.Count} tools");
        AssertNormalForm(outcome);
        Assert.All(outcome.Report.Documents.Where(d => d.Read == 0), d => Assert.NotEmpty(d.Problems));
    }

    /// <summary>Documents in which no path refers to another, so that one can be cut out.</summary>
    [SkippableTheory]
    [InlineData("oas30-here-positioning-not.json")]
    [InlineData("oas30-twilio-verify.json")]
    [InlineData("oas30-box.json")]
    public void Import_PathAlone_GivesTheSchemasItGivesAmongOthers(string file)
    {
        var bytes = File.ReadAllBytes(Catalogue.Corpus("native/" + file));
        var all = Shapes(CatalogueImporter.Import([CatalogueDocument.Of(bytes)], new ToolSettings()));
        var paths = JsonNode.Parse(bytes)!["paths"]!.AsObject().Select(path => path.Key).ToList();

        foreach (var path in paths.Where((_, i) => i % ((paths.Count / 4) + 1) == 0))
        {
            var alone = JsonNode.Parse(bytes)!;
            alone["paths"] = new JsonObject { [path] = alone["paths"]![path]!.DeepClone() };

            // Of near-duplicates only the first is there among others.
            Assert.All(Shapes(Catalogue.Import(alone.ToJsonString())).Where(shape => all.ContainsKey(shape.Key)), shape => Assert.Equal(shape.Value, all[shape.Key]));
        }

        static Dictionary<string, string> Shapes(ImportOutcome outcome) => outcome.Tools.ToDictionary(
            t => t.Source.Place,
            t => t.Parameters.GetRawText().Replace("\"x-boilerplate\":true,", "", StringComparison.Ordinal) + t.Returns?.GetRawText(),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Import_SchemasThatReferToEachOther_AreCutWhereEachToolComesBack()
    {
        const string Schemas = """
            {"schemas":{"A":{"properties":{"b":{"$ref":"#/components/schemas/B"},"own":{"type":"string"}}},"B":{"properties":{"a":{"$ref":"#/components/schemas/A"},"c":{"$ref":"#/components/schemas/C"}}},"C":{"properties":{"a":{"$ref":"#/components/schemas/A"}}}}}
            """;
        string Operation(string name) => $$"""
            "/{{name}}":{"get":{"operationId":"get{{name}}","summary":"Gets the thing of that name","responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/{{name}}"} } } } } } }
            """;

        var together = Catalogue.Import(Catalogue.OpenApi($"{{{Operation("C")},{Operation("B")},{Operation("A")}}}", Schemas)).Tools;

        Assert.All(together, tool => Assert.Equal(
            Catalogue.Import(Catalogue.OpenApi($"{{{Operation(tool.OriginalName[3..])}}}", Schemas)).Only().Returns!.Value.GetRawText(),
            tool.Returns!.Value.GetRawText()));
    }

    [SkippableFact]
    public void Import_BoxDocument_InlinesPathAndBody()
    {
        var outcome = CatalogueImporter.Import([CatalogueDocument.Of(File.ReadAllBytes(Catalogue.Corpus("native/oas30-box.json")))], new ToolSettings());

        var tool = Assert.Single(outcome.Tools, t => t.OriginalName == "put_comments_id");
        Assert.Equal(("PUT", "Box Platform API"), (tool.Method, tool.Source.Provider));
        Assert.Equal("comments", tool.Property("comment_id").GetProperty("x-segment").GetString());
        Assert.Equal("body", tool.Property("message").GetProperty("x-in").GetString());
        Assert.True(tool.Returns!.Value.GetProperty("properties").TryGetProperty("created_by", out _));
    }

    [SkippableFact]
    public void Import_SliceOfTheCorpus_AccountsForEveryTool()
    {
        const int Lines = 2000;
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Catalogue.Corpus("tools.jsonl.gz")), CompressionMode.Decompress));
        var text = string.Join('\n', Enumerable.Range(0, Lines).Select(_ => reader.ReadLine()));

        var outcome = Catalogue.Import(text);

        var report = Assert.Single(outcome.Report.Documents);
        Assert.Equal(("agentscaler-tools", Lines, 0), (report.Dialect, report.Read, report.ProblemCount));
        Assert.InRange(outcome.Tools.Count, Lines / 2, Lines);
        AssertNormalForm(outcome);
    }

    private static void AssertNormalForm(ImportOutcome outcome)
    {
        Assert.Equal(outcome.Report.Totals.Read, outcome.Tools.Count + outcome.Report.Rejects.Count);
        Assert.Equal(outcome.Tools.Count, outcome.Tools.Select(t => t.Name).Distinct().Count());
        Assert.Equal(outcome.Tools.Count, outcome.Tools.Select(t => t.Id).Distinct().Count());
        Assert.Equal(outcome.Tools.Select(t => t.Name).Order(StringComparer.Ordinal), outcome.Tools.Select(t => t.Name));
        Assert.All(outcome.Tools, tool =>
        {
            Assert.Matches("^[a-z][a-z0-9_]{2,63}$", tool.Name);
            Assert.InRange(tool.Description.Length, tool.Description.All(char.IsAscii) ? 10 : 4, 600);
            Assert.DoesNotContain("$ref", CanonicalJson.Write(tool.Parameters), StringComparison.Ordinal);
            Assert.All(tool.Required(), name => Assert.Contains(name, tool.PropertyNames()));
            var again = JsonSerializer.Deserialize<ToolSpec>(CanonicalJson.Serialize(tool), ArtifactJson.Options)!;
            Assert.Equal(tool.Parameters.GetRawText(), again.Parameters.GetRawText());
        });
    }
}
