using System.IO.Compression;
using System.Text;
using AgentScaler.Json;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Tools;

public sealed class ToolListTests
{
    private const string Chat = """{"type":"function","function":{"name":"get_weather","description":"Gets the weather of a city","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}""";
    private const string Flat = """{"type":"function","name":"get_weather","description":"Gets the weather of a city","parameters":{"type":"object","properties":{"city":{"type":["string","null"]}},"required":["city"]},"strict":true}""";
    private const string Line = """{"name":"get_weather","description":"Gets the weather of a city","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}""";

    [Theory]
    [InlineData("[" + Chat + "]", "/0")]
    [InlineData("[" + Flat + "]", "/0")]
    [InlineData("{\"tools\":[" + Chat + "]}", "/tools/0")]
    [InlineData(Chat, "document")]
    [InlineData(Chat + "\n" + Chat + "\n", "line 1")]
    [InlineData("{\"id\":1,\"tools\":[" + Flat + "]}\n{\"id\":2,\"tools\":[" + Flat + "]}\n", "line 1 /tools/0")]
    [InlineData("{\"responses_create_params\":{\"input\":[],\"tools\":[" + Flat + "]}}", "/responses_create_params/tools/0")]
    public void Import_OpenAiTools_AreReadInEveryForm(string document, string place)
    {
        var tool = Catalogue.Import(document).Only();

        Assert.Equal(("get_weather", "openai-tools", place), (tool.Name, tool.Source.Dialect, tool.Source.Place));
        Assert.Equal("""{"additionalProperties":false,"properties":{"city":{"type":"string"}},"required":["city"],"type":"object"}""", CanonicalJson.Write(tool.Parameters));
        Assert.Null(tool.Method);
    }

    [Fact]
    public void Import_OpenAiToolOfAnotherKind_IsReportedAndTheRestRead()
    {
        var outcome = Catalogue.Import($$"""[{"type":"web_search"},{{Chat}},7]""");

        Assert.Single(outcome.Tools);
        Assert.Equal(["/0", "/2"], outcome.Problems().Select(p => p.Place));
    }

    [Fact]
    public void Import_OpenAiToolWithDefinitions_ResolvesThemWithinTheParameters()
    {
        var tool = Catalogue.Import("""
            [{"type":"function","function":{"name":"add_pet","description":"Adds a pet to the list","parameters":{"type":"object",
              "$defs":{"Kind":{"enum":["cat","dog"]}},"properties":{"kind":{"$ref":"#/$defs/Kind"}}}}}]
            """).Only();

        Assert.Equal("""{"enum":["cat","dog"],"type":"string"}""", CanonicalJson.Write(tool.Property("kind")));
    }

    [Fact]
    public void Import_OpenAiToolWithBrokenParameters_IsRejectedWithReason()
    {
        var outcome = Catalogue.Import("""
            [{"type":"function","function":{"name":"get_one","description":"Gets one of them","parameters":"none worth a word"}},
             {"type":"function","function":{"name":"get_two","description":"Gets two of them","parameters":{"type":"array","items":{}}}},
             {"type":"function","function":{"description":"Gets a nameless thing"}}]
            """);

        Assert.Equal(["parameters.invalid", "parameters.invalid", "name.unusable"], outcome.Report.Rejects.Select(r => r.Reason));
        Assert.Equal(3, outcome.Report.Totals.Read);
    }

    [Fact]
    public void Import_OwnLines_CarryMethodPathLicenceAndProvider()
    {
        var tool = Catalogue.Import("""
            {"name":"getBook","description":"Gets a book by its id","parameters":{"type":"object","properties":{"id":{"type":"integer"},"form":{"type":"string","x-in":"formData"}}},"returns":{"type":"object","properties":{"title":{"type":"string"}}},"method":"get","path":"/books/{id}","tags":["books"],"licence":"MIT","provider":"Library"}
            """).Only();

        Assert.Equal(("get_book", "getBook", "GET", "/books/{id}"), (tool.Name, tool.OriginalName, tool.Method, tool.Path));
        Assert.Equal(("Library", "MIT", "agentscaler-tools"), (tool.Source.Provider, tool.Source.Licence, tool.Source.Dialect));
        Assert.Equal(("path", "books"), (tool.Property("id").GetProperty("x-in").GetString(), tool.Property("id").GetProperty("x-segment").GetString()));
        Assert.Equal("body", tool.Property("form").GetProperty("x-in").GetString());
        Assert.Equal(["id"], tool.Required());
        Assert.True(tool.Returns!.Value.GetProperty("properties").TryGetProperty("title", out _));
        Assert.Equal(["books"], tool.Tags);
    }

    [Fact]
    public void Import_CorpusLine_TakesPathAndProviderFromItsId()
    {
        var tool = Catalogue.Import("""
            {"id":"box/openapi.json#DELETE /comments/{comment_id}","source":"box","name":"delete_comments_id","description":"Permanently deletes a comment.","parameters":{"type":"object","properties":{"comment_id":{"type":"string","x-in":"path"}}},"returns":null,"method":"DELETE"}
            """).Only();

        Assert.Equal(("box/openapi.json", "/comments/{comment_id}", "comments"), (tool.Source.Provider, tool.Path, tool.Property("comment_id").GetProperty("x-segment").GetString()));
    }

    [Fact]
    public void Import_WhatAnImportWrote_GivesTheSameTools()
    {
        var first = CatalogueImporter.Import(Catalogue.Sample(), new ToolSettings()).Tools;

        var second = Catalogue.Import(string.Join('\n', first.Select(CanonicalJson.Serialize))).Tools;

        Assert.Equal(first.Select(Shape), second.Select(Shape));

        static string Shape(ToolSpec tool) => CanonicalJson.Serialize(tool with { Source = new ToolSource(tool.Source.Provider, "", "", "", tool.Source.Licence) });
    }

    [Fact]
    public void Import_WhatAnImportWrote_KeepsSuffixesAndCutMarks()
    {
        var first = Catalogue.Import(Catalogue.OpenApi(
            """
            {"/a/{id}":{"get":{"operationId":"getNode","summary":"Gets a node of a tree","responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Node"}}}}}}},
             "/b/{key}":{"get":{"operationId":"getNode","summary":"Gets a node of a list"}}}
            """,
            """{"schemas":{"Node":{"type":"object","properties":{"next":{"$ref":"#/components/schemas/Node"}}}}}""")).Tools;

        var second = Catalogue.Import(string.Join('\n', first.Reverse().Select(CanonicalJson.Serialize))).Tools;

        Assert.Equal(["get_node", "get_node_2"], second.Select(t => t.Name));
        Assert.All(second, t => Assert.Equal("getNode", t.OriginalName));
        Assert.True(second[0].Returns!.Value.GetProperty("properties").GetProperty("next").GetProperty("x-recursive").GetBoolean());
    }

    [Fact]
    public void Import_BadLine_IsReportedAndTheOthersRead()
    {
        var outcome = Catalogue.Import(Line + "\n{\"name\":\"half\n\n" + Line.Replace("weather", "climate", StringComparison.Ordinal));

        Assert.Equal(["get_climate", "get_weather"], outcome.Tools.Select(t => t.Name));
        var problem = Assert.Single(outcome.Problems());
        Assert.Equal("json.invalid", problem.Code);
        Assert.StartsWith("line 2, byte ", problem.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_BadFirstLine_TheOthersAreRead()
    {
        var outcome = Catalogue.Import("{\"name\":\"half\n" + Line);

        Assert.Equal("get_weather", outcome.Only().Name);
        Assert.Single(outcome.Problems());
    }

    [Fact]
    public void Import_Gzip_IsUnpackedAndATruncatedOneGivesWhatIsThere()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 2000).Select(i => Line.Replace("get_weather", $"get_weather_{i * 7919}", StringComparison.Ordinal)));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(lines));
        }

        var whole = CatalogueImporter.Import([CatalogueDocument.Of(packed.ToArray())], new ToolSettings());
        var half = CatalogueImporter.Import([CatalogueDocument.Of(packed.ToArray().AsMemory(0, (int)packed.Length / 2))], new ToolSettings());

        Assert.Equal(2000, whole.Tools.Count);
        Assert.InRange(half.Tools.Count, 100, 1999);
        Assert.NotEmpty(half.Problems());
    }
}
