using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

/// <summary>Each kind of program, run by the real engine.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);
    private readonly EnvironmentPackage package;
    private readonly EnvironmentSession session;

    public ProgramTests()
    {
        package = WithRows(SchemaBuilderTests.Materialise(Domains.Books),
            Row("shelves", "s1", """{"shelf_id":"s1","name":"North"}"""),
            Row("shelves", "s2", """{"shelf_id":"s2","name":"South"}"""),
            Row("shelves", "s3", """{"shelf_id":"s3","name":"Empty"}"""),
            Row("books", "b1", """{"book_id":"b1","title":"Dune","pages":612,"status":"available","shelf_id":"s1"}"""),
            Row("books", "b2", """{"book_id":"b2","title":"Emma","pages":474,"status":"on_loan","shelf_id":"s1"}"""),
            Row("books", "b3", """{"book_id":"b3","title":"Dune Messiah","pages":256,"status":"available","shelf_id":"s2"}"""));
        session = engine.Open(LoadedEnvironment.Load(package), Seed.Root(1));
    }

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Get_KnownKey_ShowsTheRow() =>
        Assert.Equal("""{"book_id":"b1","pages":612,"shelf_id":"s1","status":"available","title":"Dune"}""", Sorted(Ok("get_book", """{"book_id":"b1"}""")));

    [Theory]
    [InlineData("get_book", """{"book_id":"b9"}""", "not_found")]
    [InlineData("get_shelf_book", """{"book_id":"b1","shelf_id":"s2"}""", "not_found")]
    [InlineData("add_book", """{"title":"It","pages":9,"shelf_id":"s9"}""", "invalid_reference")]
    [InlineData("create_shelf", """{"shelf_id":"s1","name":"Again"}""", "conflict")]
    [InlineData("update_book", """{"book_id":"b9","pages":3}""", "not_found")]
    [InlineData("update_book", """{"book_id":"b1"}""", "nothing_to_change")]
    [InlineData("update_book", """{"book_id":"b1","status":"burnt"}""", "invalid_value")]
    [InlineData("update_book", """{"book_id":"b1","shelf_id":"s9"}""", "invalid_reference")]
    [InlineData("delete_shelf", """{"shelf_id":"s1"}""", "in_use")]
    [InlineData("delete_shelf", """{"shelf_id":"s9"}""", "not_found")]
    [InlineData("get_book", "{}", "invalid_arguments")]
    public void Call_ThatCantBe_IsAClearErrorAndChangesNothing(string tool, string arguments, string code)
    {
        var before = session.StateHash;

        var result = session.Call(tool, JsonElement.Parse(arguments));

        Assert.Equal((true, code), (result.IsError, result.ErrorCode));
        Assert.Equal(before, session.StateHash);
    }

    [Fact]
    public void Get_BelowItsParent_ShowsTheRow() =>
        Assert.Equal("Dune", Ok("get_shelf_book", """{"book_id":"b1","shelf_id":"s1"}""").GetProperty("title").GetString());

    [Theory]
    [InlineData("{}", "b1 b2 b3", 3)]
    [InlineData("""{"status":"available"}""", "b1 b3", 2)]
    [InlineData("""{"title":"Emma"}""", "b2", 1)]
    [InlineData("""{"min_pages":300}""", "b1 b2", 2)]
    [InlineData("""{"min_pages":300,"max_pages":500}""", "b2", 1)]
    [InlineData("""{"limit":2}""", "b1 b2", 3)]
    [InlineData("""{"limit":2,"offset":1}""", "b2 b3", 3)]
    [InlineData("""{"limit":2,"page":2}""", "b3", 3)]
    [InlineData("""{"title":"Nothing"}""", "", 0)]
    public void List_FiltersRangesPages_GiveTheRowsAndTheTotal(string arguments, string keys, int total)
    {
        var result = Ok("list_books", arguments);

        Assert.Equal(keys, string.Join(' ', result.GetProperty("books").EnumerateArray().Select(book => book.GetProperty("book_id").GetString())));
        Assert.Equal(total, result.GetProperty("total").GetInt32());
    }

    [Fact]
    public void List_BelowAParent_ShowsItsRowsAsAnArray() =>
        Assert.Equal(["b1", "b2"], Keys(Ok("list_shelf_books", """{"shelf_id":"s1"}""")));

    [Theory]
    [InlineData("dune", "b1 b3")]
    [InlineData("MESS", "b3")]
    [InlineData("zzz", "")]
    public void Search_Text_IsFoundInAnyCase(string text, string keys) =>
        Assert.Equal(keys, string.Join(' ', Keys(Ok("search_books", JsonSerializer.Serialize(new { query = text })))));

    [Fact]
    public void Create_Values_AreStoredWithDefaultsInTheDeclaredWrapper()
    {
        var book = Ok("add_book", """{"title":"It","pages":9,"shelf_id":"s2"}""").GetProperty("book");

        var stored = session.Row("books", book.GetProperty("book_id").GetString()!)!.Value;
        Assert.Equal("It", stored.GetProperty("title").GetString());
        Assert.Equal("available", stored.GetProperty("status").GetString());
        Assert.Equal("2025-06-16T09:00:00Z", stored.GetProperty("added_at").GetString()!.Replace(".000Z", "Z", StringComparison.Ordinal));
        Assert.False(stored.TryGetProperty("price", out _));
    }

    [Fact]
    public void Create_WithAKeyOfOnesOwn_KeepsIt()
    {
        Ok("create_shelf", """{"shelf_id":"s7","name":"Attic"}""");

        Assert.Equal("Attic", session.Row("shelves", "s7")!.Value.GetProperty("name").GetString());
    }

    [Fact]
    public void Update_SomeValues_LeavesTheOthers()
    {
        Ok("update_book", """{"book_id":"b1","pages":600,"shelf_id":"s3"}""");

        Assert.Equal("""{"book_id":"b1","pages":600,"shelf_id":"s3","status":"available","title":"Dune"}""", Sorted(session.Row("books", "b1")!.Value));
    }

    [Fact]
    public void Delete_UnusedRow_RemovesItAndShowsTheDeclaredScalar()
    {
        Assert.Equal(JsonValueKind.True, Ok("delete_book", """{"book_id":"b3"}""").ValueKind);
        Assert.Null(session.Row("books", "b3"));
    }

    [Fact]
    public void Delete_Undeclared_NamesTheRow() =>
        Assert.Equal("""{"deleted":true,"shelf_id":"s3"}""", Sorted(Ok("delete_shelf", """{"shelf_id":"s3"}""")));

    [Fact]
    public void Status_FromAnAllowedOne_MovesOnAndElseSaysWhatItMustBe()
    {
        var orders = WithRows(SchemaBuilderTests.Materialise(Domains.Orders),
            Row("orders", "7", """{"order_id":7,"status":"open"}"""), Row("orders", "8", """{"order_id":8,"status":"paid"}"""));
        var work = engine.Open(LoadedEnvironment.Load(orders), Seed.Root(1));

        var cancelled = work.Call("cancel_order", JsonElement.Parse("""{"order_id":7}"""));
        var again = work.Call("cancel_order", JsonElement.Parse("""{"order_id":7}"""));

        Assert.False(cancelled.IsError, cancelled.Content);
        Assert.Equal("cancelled", work.Row("orders", "7")!.Value.GetProperty("status").GetString());
        Assert.Equal("invalid_state", again.ErrorCode);
        Assert.Contains("to cancel it, it must be open", again.Content, StringComparison.Ordinal);
        Assert.Equal("""{"data":{"order_id":7,"status":"cancelled"}}""", work.Call("get_order", JsonElement.Parse("""{"order_id":7}""")).Content);
    }

    [Fact]
    public void Create_ObjectWithoutWhatTheResultPromises_IsFilledUp()
    {
        const string Task = """{"type":"object","properties":{"id":{"type":"string"},"item":{"type":"object","properties":{"id":{"type":"string"},"type":{"type":"string","enum":["file"]}},"required":["id","type"]}},"required":["id","item"]}""";
        var domain = Domains.Of(
            Domains.Tool("get_task", "GET", "/tasks/{id}", """{"id":{"type":"string"}}""", ["id"], Task),
            Domains.Tool("create_task", "POST", "/tasks", """{"item":{"type":"object","properties":{"id":{"type":"string"}}}}""", ["item"], Task));
        var work = engine.Open(LoadedEnvironment.Load(Domains.Package(engine, domain)), Seed.Root(1));

        var result = work.Call("create_task", JsonElement.Parse("""{"item":{"id":"f1"}}"""));

        Assert.Equal("""{"id":"f1","type":"file"}""", Sorted(JsonElement.Parse(result.Content).GetProperty("item")));
    }

    private JsonElement Ok(string tool, string arguments)
    {
        var result = session.Call(tool, JsonElement.Parse(arguments));
        Assert.False(result.IsError, result.Content);
        return JsonElement.Parse(result.Content);
    }

    private static string[] Keys(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.GetProperty("book_id").GetString()!)];

    private static string Sorted(JsonElement value) => AgentScaler.Json.CanonicalJson.Write(value);

    internal static RowData Row(string collection, string key, string row) => new(collection, key, JsonElement.Parse(row));

    internal static EnvironmentPackage WithRows(EnvironmentPackage package, params RowData[] rows) =>
        package with { State = [.. rows.OrderBy(row => row.Collection, StringComparer.Ordinal).ThenBy(row => row.Key, StringComparer.Ordinal)] };
}
