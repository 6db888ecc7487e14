namespace AgentScaler.Core.Tests.Tools;

public sealed class OpenApiArgumentTests
{
    [Fact]
    public void Import_PathAndOperationParameters_OperationReplacesByNameAndPlace()
    {
        var tool = Catalogue.Import(Catalogue.OpenApi("""
            {"/shops/{shop_id}/items":{
              "parameters":[{"name":"shop_id","in":"path","required":true,"schema":{"type":"integer"}},{"name":"sort","in":"query","schema":{"type":"string"}}],
              "get":{"operationId":"listItems","summary":"Lists items of a shop","parameters":[{"name":"sort","in":"query","required":true,"schema":{"type":"boolean"}}]}}}
            """)).Only();

        Assert.Equal(["shop_id", "sort"], tool.PropertyNames());
        Assert.Equal("boolean", tool.Property("sort").GetProperty("type").GetString());
        Assert.Equal(["shop_id", "sort"], tool.Required());
        Assert.Equal("path", tool.Property("shop_id").GetProperty("x-in").GetString());
        Assert.Equal("shops", tool.Property("shop_id").GetProperty("x-segment").GetString());
        Assert.False(tool.Parameters.GetProperty("additionalProperties").GetBoolean());
    }

    [Theory]
    [InlineData("/books/{book_id}", "book_id", "books")]
    [InlineData("/v1/{book_id}", "book_id", null)]
    [InlineData("/repos/{owner}/{name}", "name", "repos")]
    [InlineData("/books/{book_id}#details", "book_id", "books")]
    [InlineData("/books/{book_id:[0-9]+}.json", "book_id", "books")]
    [InlineData("/files/{+path}", "path", "files")]
    public void Import_UndeclaredPathParameter_IsAddedAsRequiredString(string path, string name, string? segment)
    {
        var tool = Catalogue.Import(Catalogue.Operation("\"responses\":{}", path: path, method: "get")).Only();

        Assert.Contains(name, tool.Required());
        Assert.Equal("string", tool.Property(name).GetProperty("type").GetString());
        Assert.Equal(segment, tool.Property(name).TryGetProperty("x-segment", out var s) ? s.GetString() : null);
        Assert.Equal(path, tool.Path);
    }

    [Fact]
    public void Import_TemplateBehindQuestionMark_IsAQueryParameter()
    {
        var tool = Catalogue.Import(Catalogue.Operation("\"responses\":{}", path: "/books?q={term}", method: "get")).Only();

        Assert.Equal("query", tool.Property("term").GetProperty("x-in").GetString());
    }

    [Fact]
    public void Import_SameNameInQueryAndBody_IsToldApart()
    {
        var tool = Catalogue.Import(Catalogue.Operation("""
            "parameters":[{"name":"name","in":"query","schema":{"type":"string"}}],
            "requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"name":{"type":"integer"},"size":{"type":"integer"}},"required":["name"]}}}}
            """)).Only();

        Assert.Equal(["body_name", "query_name", "size"], tool.PropertyNames());
        Assert.Equal(["body_name"], tool.Required());
    }

    [Fact]
    public void Import_SameNameInPathAndBody_PathKeepsIt()
    {
        var tool = Catalogue.Import(Catalogue.Operation("""
            "requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"id":{"type":"string"},"body_id":{"type":"string"}}}}}}
            """, path: "/things/{id}", method: "put")).Only();

        Assert.Equal(["body_id", "body_id_2", "id"], tool.PropertyNames());
        Assert.Equal("path", tool.Property("id").GetProperty("x-in").GetString());
    }

    [Fact]
    public void Import_CredentialsTracingAndCookies_AreLeftOut()
    {
        var tool = Catalogue.Import(Catalogue.Operation(
            """
            "parameters":[
              {"name":"Authorization","in":"header","schema":{"type":"string"}},{"name":"X-Request-Id","in":"header","schema":{"type":"string"}},
              {"name":"Content-Type","in":"header","schema":{"type":"string"}},{"name":"sid","in":"cookie","schema":{"type":"string"}},
              {"name":"shopkey","in":"query","schema":{"type":"string"}},{"name":"X-Region","in":"header","schema":{"type":"string"}}]
            """,
            """{"securitySchemes":{"key":{"type":"apiKey","in":"query","name":"shopkey"}}}""")).Only();

        Assert.Equal(["X-Region"], tool.PropertyNames());
        Assert.Equal("header", tool.Property("X-Region").GetProperty("x-in").GetString());
    }

    [Theory]
    [InlineData("""{"text/xml":{"schema":{"type":"string"}},"application/json; charset=utf-8":{"schema":{"properties":{"from":{"type":"string"}}}}}""")]
    [InlineData("""{"multipart/form-data":{"schema":{"properties":{"other":{}}}},"application/x-www-form-urlencoded":{"schema":{"properties":{"from":{"type":"string"}}}}}""")]
    [InlineData("""{"multipart/form-data":{"schema":{"properties":{"from":{"type":"string","format":"binary"}}}}}""")]
    public void Import_BodyMediaTypes_JsonThenFormThenMultipart(string content)
    {
        var tool = Catalogue.Import(Catalogue.Operation($$"""
            "requestBody":{"content":{{content}} }
            """)).Only();

        Assert.Equal(["from"], tool.PropertyNames());
        Assert.Equal("body", tool.Property("from").GetProperty("x-in").GetString());
    }

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "items", "array")]
    [InlineData("""{"items":{"type":"integer"}}""", "items", "array")]
    [InlineData("""{"type":"string"}""", "body", "string")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", "body", "object")]
    public void Import_BodyWithoutProperties_IsOneParameter(string schema, string name, string type)
    {
        var tool = Catalogue.Import(Catalogue.Operation($$"""
            "requestBody":{"required":true,"content":{"application/json":{"schema":{{schema}} } } }
            """)).Only();

        Assert.Equal([name], tool.PropertyNames());
        Assert.Equal([name], tool.Required());
        Assert.Equal(type, tool.Property(name).GetProperty("type").GetString());
    }

    [Fact]
    public void Import_ReadOnlyProperties_AreLeftOutOfBodiesAndKeptInResults()
    {
        var tool = Catalogue.Import(Catalogue.Operation(
            """
            "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}},
            "responses":{"201":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}}}
            """,
            """{"schemas":{"Thing":{"type":"object","required":["id","name"],"properties":{"id":{"type":"string","readOnly":true},"name":{"type":"string"},"secret":{"type":"string","writeOnly":true}}}}}""")).Only();

        Assert.Equal(["name", "secret"], tool.PropertyNames());
        Assert.Equal(["name"], tool.Required());
        Assert.Equal(["id", "name"], tool.Returns!.Value.GetProperty("properties").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void Import_ParameterContentAndExamples_AreRead()
    {
        var tool = Catalogue.Import(Catalogue.Operation("""
            "parameters":[
              {"name":"filter","in":"query","content":{"application/json":{"schema":{"type":"object","properties":{"year":{"type":"integer"}}}}}},
              {"name":"tag","in":"query","schema":{"type":"string"},"examples":{"one":{"value":"red"}}},
              {"name":"old","in":"query","type":"integer","minimum":1}]
            """)).Only();

        Assert.Equal("integer", tool.Property("filter").GetProperty("properties").GetProperty("year").GetProperty("type").GetString());
        Assert.Equal("red", tool.Property("tag").GetProperty("example").GetString());
        Assert.Equal(1, tool.Property("old").GetProperty("minimum").GetInt32());
    }

    [Fact]
    public void Import_BodyOnGetAndReferencedParts_AreRead()
    {
        var outcome = Catalogue.Import(Catalogue.OpenApi(
            """
            {"/a":{"get":{"operationId":"searchThings","summary":"Searches all things","requestBody":{"$ref":"#/components/requestBodies/Search"},
               "parameters":[{"$ref":"#/components/parameters/Page"}],"responses":{"200":{"$ref":"#/components/responses/Things"}}}},
             "/b":{"$ref":"#/paths/~1a"},
             "/c":{"post":{"$ref":"#/components/x-operations/make"}}}
            """,
            """
            {"requestBodies":{"Search":{"content":{"application/json":{"schema":{"properties":{"text":{"type":"string"}}}}}}},
             "parameters":{"Page":{"name":"page","in":"query","schema":{"type":"integer"}}},
             "responses":{"Things":{"content":{"application/json":{"schema":{"type":"array","items":{"type":"string"}}}}}},
             "x-operations":{"make":{"operationId":"makeThing","summary":"Makes a new thing"}}}
            """));

        Assert.Equal(["make_thing", "search_things"], outcome.Tools.Select(t => t.Name));
        Assert.Equal(["page", "text"], outcome.Tools[1].PropertyNames());
        Assert.Equal("array", outcome.Tools[1].Returns!.Value.GetProperty("type").GetString());
        var reject = Assert.Single(outcome.Report.Rejects);
        Assert.Equal(("duplicate.near", "/paths/~1b/get"), (reject.Reason, reject.Place));
    }

    [Fact]
    public void Import_Responses_FirstSuccessWithSchemaAndDefaultOnlyWithoutSuccess()
    {
        var success = Catalogue.Import(Catalogue.Operation("""
            "responses":{"default":{"content":{"application/json":{"schema":{"type":"object"}}}},"204":{"description":"none"},"201":{"content":{"application/json":{"schema":{"type":"integer"}}}}}
            """)).Only();
        var none = Catalogue.Import(Catalogue.Operation("""
            "responses":{"default":{"content":{"application/json":{"schema":{"type":"object"}}}},"204":{"description":"none"}}
            """)).Only();
        var fallback = Catalogue.Import(Catalogue.Operation("""
            "responses":{"400":{"content":{"application/json":{"schema":{"type":"object"}}}},"default":{"content":{"application/hal+json":{"schema":{"type":"boolean"}}}}}
            """)).Only();

        Assert.Equal("integer", success.Returns!.Value.GetProperty("type").GetString());
        Assert.Null(none.Returns);
        Assert.Equal("boolean", fallback.Returns!.Value.GetProperty("type").GetString());
    }
}
