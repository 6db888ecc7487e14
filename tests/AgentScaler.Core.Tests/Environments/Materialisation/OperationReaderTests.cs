using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

public sealed class OperationReaderTests
{
    private const string Rows = """{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"}}}}""";

    [Theory]
    [InlineData("GET", "/2")]
    [InlineData("POST", "/api/3")]
    public void Read_PathOfDigits_NamesNoEntity(string method, string path)
    {
        Assert.Null(OperationReader.Read(Domains.Tool("record_3", method, path, "{}", [], null), out var reason));

        Assert.NotNull(reason);
    }

    [Theory]
    [InlineData("team_matches", "GET", "/teams/{team_key}/matches/{year}", OperationKind.List, "match", false)]
    [InlineData("disassociate_group_from_task", "DELETE", "/tasks/{task_id}/groups/{group_id}", OperationKind.Delete, "task_group", true)]
    [InlineData("delete_group", "DELETE", "/tasks/{task_id}/groups/{group_id}", OperationKind.Delete, "group", false)]
    [InlineData("query_sessions", "POST", "/factories/{factory_id}/querySessions", OperationKind.List, "session", false)]
    public void Read_PathThatNeedsItsName_GivesWhatIsMeant(string name, string method, string path, OperationKind kind, string entity, bool isLink)
    {
        var tool = Domains.Tool(name, method, path,
            """{"team_key":{"type":"string"},"year":{"type":"integer"},"task_id":{"type":"string"},"group_id":{"type":"string"},"factory_id":{"type":"string"}}""", [], method == "DELETE" ? null : Rows);

        var operation = OperationReader.Read(tool, out _);

        Assert.Equal((kind, entity, isLink), (operation!.Kind, operation.Entity, operation.IsLink));
    }

    [Theory]
    [InlineData("create_or_update_site", """{"site_id":{"type":"string"},"name":{"type":"string"}}""", "site", true)]
    [InlineData("upsert_site", """{"site_id":{"type":"string"},"name":{"type":"string"}}""", "site", true)]
    [InlineData("update_site", """{"site_id":{"type":"string"},"name":{"type":"string"}}""", "site", false)]
    [InlineData("update_network_rule", """{"arn":{"type":"string"},"name":{"type":"string"}}""", "network_rule", false)]
    public void Read_ChangeByName_SaysWhetherItMakesTheRowToo(string name, string properties, string entity, bool upserts)
    {
        var key = properties.Contains("arn", StringComparison.Ordinal) ? "arn" : "site_id";

        var operation = OperationReader.Read(Domains.Tool(name, null, null, properties, [key], null), out _);

        Assert.Equal((OperationKind.Update, entity, key, upserts), (operation!.Kind, operation.Entity, operation.KeyParameter, operation.Upserts));
    }

    [Theory]
    [InlineData("GET", "/books/{book_id}", OperationKind.Get, "book", "book_id")]
    [InlineData("GET", "/books", OperationKind.List, "book", null)]
    [InlineData("GET", "/v2/books/", OperationKind.List, "book", null)]
    [InlineData("POST", "/books", OperationKind.Create, "book", null)]
    [InlineData("PUT", "/books/{book_id}", OperationKind.Update, "book", "book_id")]
    [InlineData("PATCH", "/books/{book_id}", OperationKind.Update, "book", "book_id")]
    [InlineData("DELETE", "/books/{book_id}", OperationKind.Delete, "book", "book_id")]
    [InlineData("POST", "/books/{book_id}/archive", OperationKind.Status, "book", "book_id")]
    [InlineData("POST", "/stays/{book_id}/check-out", OperationKind.Status, "stay", "book_id")]
    [InlineData("GET", "/shelves/{shelf_id}/books", OperationKind.List, "book", null)]
    [InlineData("DELETE", "/shelves/{shelf_id}/books/{book_id}", OperationKind.Delete, "book", "book_id")]
    [InlineData("GET", "/tariff-categories/{book_id}", OperationKind.Get, "tariff_category", "book_id")]
    [InlineData("GET", "/books/search", OperationKind.Search, "book", null)]
    public void Read_Path_GivesKindEntityAndKey(string method, string path, OperationKind kind, string entity, string? key)
    {
        var tool = Domains.Tool("some_tool", method, path,
            """{"book_id":{"type":"string"},"shelf_id":{"type":"string"},"query":{"type":"string"}}""", [], null);

        var operation = OperationReader.Read(tool, out var reason);

        Assert.Null(reason);
        Assert.Equal((kind, entity, key), (operation!.Kind, operation.Entity, operation.KeyParameter));
    }

    [Theory]
    [InlineData("get_book", OperationKind.Get, "book", "book_id")]
    [InlineData("get_book_details", OperationKind.Get, "book", "book_id")]
    [InlineData("getBookById", OperationKind.Get, "book", "book_id")]
    [InlineData("list_books", OperationKind.List, "book", null)]
    [InlineData("list_available_books", OperationKind.List, "book", null)]
    [InlineData("search_books", OperationKind.Search, "book", null)]
    [InlineData("add_new_book", OperationKind.Create, "book", null)]
    [InlineData("update_book", OperationKind.Update, "book", "book_id")]
    [InlineData("delete_book", OperationKind.Delete, "book", "book_id")]
    [InlineData("cancel_book", OperationKind.Status, "book", "book_id")]
    [InlineData("check_out_book", OperationKind.Status, "book", "book_id")]
    [InlineData("calendar_create_event", OperationKind.Create, "event", null)]
    [InlineData("books_list", OperationKind.List, "book", null)]
    public void Read_FunctionName_GivesKindEntityAndKey(string name, OperationKind kind, string entity, string? key)
    {
        var tool = Domains.Tool(name, null, null, """{"book_id":{"type":"string"},"query":{"type":"string"}}""", ["book_id"], null);

        var operation = OperationReader.Read(tool, out var reason);

        Assert.Null(reason);
        Assert.Equal((kind, entity, key), (operation!.Kind, operation.Entity, operation.KeyParameter));
    }

    [Theory]
    [InlineData("create_book", "PUT", OperationKind.Create)]
    [InlineData("create_or_update_book", "PUT", OperationKind.Update)]
    [InlineData("create_comment", "POST", OperationKind.Update)]
    [InlineData("Books_Put", "PUT", OperationKind.Update)]
    public void Read_WriteBelowAKey_MakesOnlyWhatItsNameMakes(string name, string method, OperationKind kind) =>
        Assert.Equal(kind, OperationReader.Read(Domains.Tool(name, method, "/books/{book_id}", """{"book_id":{"type":"string"},"title":{"type":"string"}}""", ["book_id"], null), out _)!.Kind);

    [Theory]
    [InlineData("submit_order", """{"order_id":{"type":"string"}}""", OperationKind.Status, "order")]
    [InlineData("submit_order", """{"items":{"type":"string"}}""", OperationKind.Create, "order")]
    [InlineData("risk_mitigation_create_a", "{}", OperationKind.Create, "risk_mitigation")]
    [InlineData("create_an_order", "{}", OperationKind.Create, "order")]
    [InlineData("get_latest_order", "{}", OperationKind.List, "order")]
    [InlineData("get_my_order", "{}", OperationKind.List, "order")]
    public void Read_WordsAroundANoun_AreNoPartOfTheEntity(string name, string parameters, OperationKind kind, string entity)
    {
        var required = System.Text.Json.JsonElement.Parse(parameters).EnumerateObject().Select(property => property.Name).ToArray();

        var operation = OperationReader.Read(Domains.Tool(name, null, null, parameters, required, null), out _)!;

        Assert.Equal((kind, entity), (operation.Kind, operation.Entity));
    }

    [Theory]
    [InlineData("translate_text", null, null)]
    [InlineData("cancel_everything", null, null)]
    [InlineData("some_tool", "POST", "/books/{book_id}/frobnicate")]
    [InlineData("some_tool", "GET", "/users/me")]
    [InlineData("some_tool", "OPTIONS", "/books/{book_id}")]
    public void Read_NothingRecognised_SaysWhy(string name, string? method, string? path)
    {
        var operation = OperationReader.Read(Domains.Tool(name, method, path, """{"text":{"type":"string"}}""", [], null), out var reason);

        Assert.Null(operation);
        Assert.NotEmpty(reason!);
    }

    [Fact]
    public void Read_NestedPath_NamesTheParents()
    {
        var tool = Domains.Tool("some_tool", "GET", "/towns/{town_id}/shelves/{shelf_id}/books/{book_id}", """{"town_id":{"type":"string"},"shelf_id":{"type":"string"},"book_id":{"type":"string"}}""", [], null);

        var operation = OperationReader.Read(tool, out _);

        Assert.Equal([new("town_id", "town"), new("shelf_id", "shelf")], operation!.Parents);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"entries":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"}}}},"next_marker":{"type":"string"}}}""", OperationKind.List)]
    [InlineData("""{"type":"object","properties":{"id":{"type":"string"},"items":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"}}}}}}""", OperationKind.Get)]
    public void Read_GetBelowAKey_IsAListingWhereAPageComesBack(string returns, OperationKind kind)
    {
        var tool = Domains.Tool("some_tool", "GET", "/taxonomies/{namespace}", """{"namespace":{"type":"string"}}""", ["namespace"], returns);

        Assert.Equal(kind, OperationReader.Read(tool, out _)!.Kind);
    }

    [Theory]
    [InlineData("GET", "/repos/{owner}/{repo}/hooks", OperationKind.List, "hook", null)]
    [InlineData("GET", "/repos/{owner}/{repo}", OperationKind.Get, "repo", "repo")]
    [InlineData("GET", "/orgs/{owner}/v2beta1/books.json", OperationKind.List, "book", null)]
    [InlineData("POST", "/books/{repo}:archive", OperationKind.Status, "book", "repo")]
    [InlineData("POST", "/book/create", OperationKind.Create, "book", null)]
    [InlineData("POST", "/book.update.json", OperationKind.Update, "book", "book_id")]
    [InlineData("POST", "/#X-Amz-Target=Library_20150804.DescribeBook", OperationKind.Get, "book", "book_id")]
    [InlineData("POST", "/#Action=DeleteBook", OperationKind.Delete, "book", "book_id")]
    public void Read_PathOfAnotherStyle_GivesKindEntityAndKey(string method, string path, OperationKind kind, string entity, string? key)
    {
        var tool = Domains.Tool("some_tool", method, path, """{"owner":{"type":"string"},"repo":{"type":"string"},"book_id":{"type":"string"}}""", ["book_id"], null);

        var operation = OperationReader.Read(tool, out var reason);

        Assert.Null(reason);
        Assert.Equal((kind, entity, key), (operation!.Kind, operation.Entity, operation.KeyParameter));
    }

    [Theory]
    [InlineData("POST", "/servers/{id}/rebuild")]
    [InlineData("POST", "/servers/{id}/resend")]
    [InlineData("GET", "/books/{missing}")]
    public void Read_WhatRowsKeepNoTraceOf_IsNoOperation(string method, string path) =>
        Assert.Null(OperationReader.Read(Domains.Tool("some_tool", method, path, """{"id":{"type":"string"}}""", ["id"], null), out _));

    [Fact]
    public void Read_AddOneThingToAnother_MakesALinkOfBoth()
    {
        var tool = Domains.Tool("add_user_to_group", null, null, """{"user_id":{"type":"string"},"group_id":{"type":"string"}}""", ["group_id", "user_id"], null);

        var operation = OperationReader.Read(tool, out _)!;

        Assert.Equal((OperationKind.Create, "group_user"), (operation.Kind, operation.Entity));
    }

    [Fact]
    public void Read_PluralThatReturnsOneThing_IsNoListing()
    {
        var one = Domains.Tool("some_tool", "GET", "/shared_items", "{}", [], """{"type":"object","properties":{"id":{"type":"string"}}}""");
        var many = Domains.Tool("some_tool", "GET", "/shared_items", "{}", [], Rows);

        Assert.Null(OperationReader.Read(one, out _));
        Assert.Equal(OperationKind.List, OperationReader.Read(many, out _)!.Kind);
    }
}
