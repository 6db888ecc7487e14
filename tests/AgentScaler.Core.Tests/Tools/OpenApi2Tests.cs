using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Tools;

public sealed class OpenApi2Tests
{
    private static string Document(string operation, string rest = "\"definitions\":{}") =>
        $$"""{"swagger":"2.0","info":{"title":"Shop","license":{"name":"MIT"} },"host":"shop.example","basePath":"/v1","paths":{"/books/{id}":{"post":{ {{operation}} } } },{{rest}} }""";

    [Fact]
    public void Import_BodyParameter_BecomesItsProperties()
    {
        var tool = Catalogue.Import(Document(
            """
            "operationId":"saveBook","summary":"Saves a book of the shop","parameters":[
              {"name":"id","in":"path","required":true,"type":"integer","format":"int64"},
              {"name":"book","in":"body","required":true,"schema":{"$ref":"#/definitions/Book"}}],
            "responses":{"200":{"description":"ok","schema":{"$ref":"#/definitions/Book"}}}
            """,
            """
            "definitions":{"Book":{"type":"object","required":["title"],"properties":{"title":{"type":"string"},"stock":{"type":["integer","null"]}}}}
            """)).Only();

        Assert.Equal(["id", "stock", "title"], tool.PropertyNames());
        Assert.Equal(["id", "title"], tool.Required());
        Assert.Equal("""{"format":"int64","type":"integer","x-in":"path","x-segment":"books"}""", CanonicalJson.Write(tool.Property("id")));
        Assert.Equal("""{"type":"integer","x-in":"body"}""", CanonicalJson.Write(tool.Property("stock")));
        Assert.True(tool.Returns!.Value.GetProperty("properties").TryGetProperty("title", out _));
        Assert.Equal(("openapi-2", "Shop", "MIT"), (tool.Source.Dialect, tool.Source.Provider, tool.Source.Licence));
    }

    [Fact]
    public void Import_FormDataAndArrays_KeepTheirTypes()
    {
        var tool = Catalogue.Import(Document(
            """
            "operationId":"addCover","summary":"Adds a cover to a book","parameters":[
              {"name":"cover","in":"formData","type":"file","required":true},
              {"name":"tags","in":"query","type":"array","items":{"type":"string","enum":["new","old"]},"collectionFormat":"csv"}]
            """)).Only();

        Assert.Equal("""{"type":"string","x-in":"body"}""", CanonicalJson.Write(tool.Property("cover")));
        Assert.Equal("""{"items":{"enum":["new","old"],"type":"string"},"type":"array","x-in":"query"}""", CanonicalJson.Write(tool.Property("tags")));
        Assert.Equal(["cover", "id"], tool.Required());
    }

    [Fact]
    public void Import_SharedParametersResponsesAndKeys_AreResolvedOrLeftOut()
    {
        var tool = Catalogue.Import(Document(
            """
            "operationId":"moveBook","summary":"Moves a book to a shelf","parameters":[{"$ref":"#/parameters/Shelf"},{"name":"key","in":"query","type":"string"}],
            "responses":{"201":{"$ref":"#/responses/Moved"}}
            """,
            """
            "parameters":{"Shelf":{"name":"shelf","in":"query","type":"string"}},
            "responses":{"Moved":{"description":"ok","schema":{"type":"array","items":{"type":"string"}}}},
            "securityDefinitions":{"Key":{"type":"apiKey","in":"query","name":"key"}}
            """)).Only();

        Assert.Equal(["id", "shelf"], tool.PropertyNames());
        Assert.Equal("""{"items":{"type":"string"},"type":"array"}""", CanonicalJson.Write(tool.Returns!.Value));
    }

    [Fact]
    public void Import_BodyOfOperation_ReplacesThatOfItsPathItem()
    {
        var outcome = Catalogue.Import("""
            {"swagger":"2.0","paths":{"/notes":{"parameters":[{"name":"a","in":"body","schema":{"properties":{"old":{} } } }],
              "put":{"summary":"Writes a note down","parameters":[{"name":"b","in":"body","schema":{"properties":{"new":{} } } }]} } } }
            """);

        Assert.Equal(["new"], outcome.Only().PropertyNames());
    }
}
