using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Core.Tests.Tools;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

/// <summary>Small domains for tests, and the real ones of the catalogues.</summary>
internal static class Domains
{
    public static readonly TimeProvider Clock = new FrozenClock(DateTimeOffset.UnixEpoch);

    private const string Book =
        """
        {"type":"object","properties":{"book_id":{"type":"string"},"title":{"type":"string"},"pages":{"type":"integer","minimum":1,"maximum":900},
        "price":{"type":"number"},"status":{"type":"string","enum":["available","on_loan","lost"]},"added_at":{"type":"string","format":"date-time"},
        "shelf_id":{"type":"string"}},"required":["book_id","title","pages","status","shelf_id"]}
        """;

    private const string Shelf = """{"type":"object","properties":{"shelf_id":{"type":"string"},"name":{"type":"string"}},"required":["shelf_id","name"]}""";

    /// <summary>Books on shelves: every kind of operation, read from paths and from names.</summary>
    public static Domain Books { get; } = Of(
        Tool("list_books", "GET", "/books",
            """{"title":{"type":"string"},"status":{"type":"string","enum":["available","on_loan","lost"]},"min_pages":{"type":"integer"},"max_pages":{"type":"integer"},"limit":{"type":"integer"},"offset":{"type":"integer"},"page":{"type":"integer"}}""",
            [], $$$"""{"type":"object","properties":{"books":{"type":"array","items":{{{Book}}}},"total":{"type":"integer"}},"required":["books","total"]}"""),
        Tool("search_books", "GET", "/books/search", """{"query":{"type":"string"}}""", ["query"], $$$"""{"type":"array","items":{{{Book}}}}"""),
        Tool("get_book", "GET", "/books/{book_id}", """{"book_id":{"type":"string"}}""", ["book_id"], Book),
        Tool("list_shelf_books", "GET", "/shelves/{shelf_id}/books", """{"shelf_id":{"type":"string"}}""", ["shelf_id"], $$$"""{"type":"array","items":{{{Book}}}}"""),
        Tool("get_shelf_book", "GET", "/shelves/{shelf_id}/books/{book_id}", """{"shelf_id":{"type":"string"},"book_id":{"type":"string"}}""", ["book_id", "shelf_id"], Book),
        Tool("add_book", "POST", "/books",
            """{"title":{"type":"string"},"pages":{"type":"integer","minimum":1,"maximum":900},"price":{"type":"number"},"shelf_id":{"type":"string"}}""",
            ["pages", "shelf_id", "title"], $$$"""{"type":"object","properties":{"book":{{{Book}}}},"required":["book"]}"""),
        Tool("update_book", "PATCH", "/books/{book_id}", """{"book_id":{"type":"string"},"title":{"type":"string"},"pages":{"type":"integer"},"shelf_id":{"type":"string"},"status":{"type":"string"}}""", ["book_id"], Book),
        Tool("cancel_loan_of_book", "POST", "/books/{book_id}/return", """{"book_id":{"type":"string"}}""", ["book_id"], Book),
        Tool("report_book_lost", "POST", "/books/{book_id}/lose", """{"book_id":{"type":"string"}}""", ["book_id"], Book),
        Tool("delete_book", "DELETE", "/books/{book_id}", """{"book_id":{"type":"string"}}""", ["book_id"], """{"type":"boolean"}"""),
        Tool("get_shelf", null, null, """{"shelf_id":{"type":"string"}}""", ["shelf_id"], Shelf),
        Tool("create_shelf", null, null, """{"shelf_id":{"type":"string"},"name":{"type":"string"}}""", ["name", "shelf_id"], Shelf),
        Tool("delete_shelf", null, null, """{"shelf_id":{"type":"string"}}""", ["shelf_id"], null));

    /// <summary>Orders: a status machine with a field of its own, rows within a wrapper.</summary>
    public static Domain Orders { get; } = Of(
        Tool("get_order", null, null, """{"order_id":{"type":"integer"}}""", ["order_id"],
            """{"type":"object","properties":{"data":{"type":"object","properties":{"order_id":{"type":"integer"},"status":{"type":"string","enum":["open","paid","cancelled"]},"note":{"type":"string"}},"required":["order_id","status"]}},"required":["data"]}"""),
        Tool("cancel_order", null, null, """{"order_id":{"type":"integer"}}""", ["order_id"], null),
        Tool("refund_order", null, null, """{"order_id":{"type":"integer"},"note":{"type":"string"}}""", ["order_id"], """{"type":"string"}"""));

    public static Domain Of(params IReadOnlyList<ToolSpec> tools) => new()
    {
        Id = "domain-test",
        Name = "test",
        Tools = [.. tools.OrderBy(tool => tool.Name, StringComparer.Ordinal)],
        Dependencies = [],
    };

    public static ToolSpec Tool(string name, string? method, string? path, string properties, string[] required, string? returns)
    {
        var parameters = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = JsonNode.Parse(properties),
            ["required"] = new JsonArray([.. required.Select(item => JsonValue.Create(item))]),
            ["additionalProperties"] = false,
        };
        return new ToolSpec
        {
            Id = "tool-" + name,
            Name = name,
            OriginalName = name,
            Description = "Tool " + name + " of the tests.",
            Parameters = JsonSerializer.SerializeToElement(parameters),
            Returns = returns is null ? null : JsonElement.Parse(returns),
            Method = method,
            Path = path,
            Source = new ToolSource("Test", new string('0', 64), "$", "agentscaler-tools", "MIT"),
        };
    }

    /// <summary>The domains of the sample catalogue.</summary>
    public static IReadOnlyList<Domain> Sample() => Find(Catalogue.Sample());

    public static IReadOnlyList<Domain> Find(IReadOnlyList<CatalogueDocument> documents) =>
        DomainFinder.Find(CatalogueImporter.Import(documents, new ToolSettings()).Tools, new GraphSettings(), Seed.Root(1), CancellationToken.None).Domains;

    public static EnvironmentBuild Build(EnvironmentEngine engine, Domain domain, EnvironmentSettings? settings = null) =>
        new EnvironmentBuilder(settings ?? new EnvironmentSettings(), engine).Build(domain, Seed.Root(1).Child(domain.Id));

    /// <summary>The package of a domain in which every tool passes.</summary>
    public static EnvironmentPackage Package(EnvironmentEngine engine, Domain domain)
    {
        var build = Build(engine, domain);
        Assert.True(build.Package is not null, build.Outcome.Reason + string.Join("; ", build.Outcome.ToolsRejected));
        return build.Package;
    }
}
