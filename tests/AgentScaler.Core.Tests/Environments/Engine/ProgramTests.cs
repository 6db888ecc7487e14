using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Engine;

/// <summary>What a program can and can't do with <c>db</c>, <c>env</c> and its result.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly EnvironmentEngine engine = new(new EngineOptions { MaximumIsolates = 1 }, Library.Clock);

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData("db.books.get('b1').title", "\"Title of b1\"")]
    [InlineData("db.books.get('nope')", "null")]
    [InlineData("db.books.get(undefined)", "null")]
    [InlineData("db.books.get({})", "null")]
    [InlineData("db.books.find((row) => row.title.endsWith('2')).book_id", "\"b2\"")]
    [InlineData("db.books.find((row) => false)", "null")]
    [InlineData("db.books.where({ title: 'Title of b3' }).map((row) => row.book_id)", "[\"b3\"]")]
    [InlineData("db.books.where({ tags: ['a', 'b'], title: 'Title of b3' }).length", "1")]
    [InlineData("db.books.where({ lent: undefined }).length", "3")]
    [InlineData("db.books.where({}).length", "3")]
    [InlineData("db.books.all().map((row) => row.book_id)", "[\"b1\",\"b2\",\"b3\"]")]
    [InlineData("db.books.count()", "3")]
    [InlineData("(db.books.insert({ book_id: 'b10', title: 't' }), db.books.all().map((row) => row.book_id))", "[\"b1\",\"b10\",\"b2\",\"b3\"]")]
    [InlineData("[db.books.delete('b2'), db.books.get('b2'), db.books.count(), db.books.delete('b2')]", "[true,null,2,false]")]
    [InlineData("db.books.update('b1', { title: undefined, lent: null })", """{"book_id":"b1","lent":null,"tags":["a","b"],"title":"Title of b1"}""")]
    [InlineData("db.order_items.insert({ number: 7 }) === db.order_items.get(7) && db.order_items.get('7') === db.order_items.get(7)", "true")]
    [InlineData("env.now", "\"2025-06-16T09:00:00Z\"")]
    [InlineData("[env.contains('Straße', 'STRASS'), env.contains('The Book', 'book'), env.contains(null, 'x'), env.contains(12, 2)]", "[false,true,false,true]")]
    [InlineData("[3, 1, 2].sort(env.compare).concat(['b', 'a', '\\u{1F600}', '\\uE000'].sort(env.compare))", "[1,2,3,\"a\",\"b\",\"\uE000\",\"\U0001F600\"]")]
    [InlineData("undefined", "null")]
    [InlineData("({ a: undefined, b: [undefined] })", "{\"b\":[null]}")]
    [InlineData("[..._rows(db)].length", "3")]
    public void Call_Expression_Gives(string expression, string expected)
    {
        var program = $"(db, args, env) => {{ const _rows = (d) => d.books.all(); return {expression}; }}";

        Assert.Equal(expected, Run(program).Content);
    }

    [Theory]
    [InlineData("db.books.insert({ book_id: 'b1', title: 't' })", "exists already")]
    [InlineData("db.books.insert({ title: 't' })", "key field book_id")]
    [InlineData("db.books.insert({ book_id: '' })", "key field book_id")]
    [InlineData("db.books.insert([1])", "expected a row")]
    [InlineData("db.books.insert({ book_id: 'x', f: () => 1 })", "JSON values only")]
    [InlineData("db.books.insert({ book_id: 'x', f: NaN })", "the number NaN")]
    [InlineData("db.books.insert({ book_id: 'x', f: new Map() })", "JSON values only")]
    [InlineData("db.books.insert((() => { const r = { book_id: 'x' }; r.self = r; return r; })())", "nested deeper than 64")]
    [InlineData("db.books.update('nope', {})", "no row has the key nope")]
    [InlineData("db.books.update('b1', { book_id: 'b9' })", "can't change")]
    [InlineData("db.books.get('b1').title = 'x'", "read only property")]
    [InlineData("db.books.get('b1').tags.push('x')", "not extensible")]
    [InlineData("delete db.books.get('b1').title", "Cannot delete property")]
    [InlineData("db.ghosts.get('b1')", "undefined")]
    [InlineData("db.books = 1", "which has only a getter")]
    [InlineData("() => 1", "JSON values only")]
    [InlineData("10n", "JSON values only")]
    [InlineData("({ a: [1, { b: 0 / 0 }] })", "the number NaN")]
    [InlineData("(() => { const a = []; a.push(a); return a; })()", "nested deeper than 64")]
    [InlineData("new Set([1])", "JSON values only")]
    [InlineData("/a/", "JSON values only")]
    [InlineData("({ toJSON() { return 1; } })", "JSON values only")]
    [InlineData("'x'.repeat(300000)", "longer than 262144")]
    [InlineData("(() => { throw null; })()", "thrown: null")]
    [InlineData("(() => { throw { message: 'm', get name() { throw 1; } }; })()", "thrown: [object Object]")]
    [InlineData("(() => { throw { toString() { throw 1; } }; })()", "without text")]
    [InlineData("(() => { throw new RangeError('r'); })()", "RangeError: r")]
    public void Call_FaultyProgram_IsAProgramErrorAndChangesNothing(string expression, string message)
    {
        var session = Open($"(db, args, env) => {{ db.books.update('b2', {{ title: 'changed' }}); return {expression}; }}");
        var before = session.StateHash;

        var result = session.Call("run");

        Assert.Equal((true, "program_error", 0), (result.IsError, result.ErrorCode, result.RowsChanged));
        Assert.Contains(message, Library.Json(result.Content).GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("/tmp", result.Content, StringComparison.Ordinal);
        Assert.Equal(before, session.StateHash);
        Assert.Contains("Title of b2", session.Call("get_book", """{"book_id":"b2"}""").Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_ThrowsAfterWrites_EveryWriteIsUndone()
    {
        var session = Open(
            """
            (db, args, env) => {
              db.books.insert({ book_id: "b9", title: "t" });
              db.books.update("b9", { title: "u" });
              db.books.delete("b1");
              db.books.update("b2", { title: "v" });
              db.books.update("b2", { title: "w" });
              throw env.error("refused", String(db.books.count()));
            }
            """);
        var books = session.Call("list_books");

        Assert.Equal("""{"error":{"code":"refused","message":"3"}}""", session.Call("run").Content);

        Assert.Equal(books, session.Call("list_books"));
        Assert.Empty(session.Changes);
    }

    [Fact]
    public void Call_PackageKeepsChangesOnError_WritesStay()
    {
        var package = Library.Package(2, ("run", "(db, args, env) => { db.books.delete('b1'); throw env.error('late', 'too late'); }"));
        var session = engine.Open(LoadedEnvironment.Load(package with { KeepChangesOnError = true }), new Seed("1"));

        var result = session.Call("run");

        Assert.Equal(("late", 1), (result.ErrorCode, result.RowsChanged));
        Assert.Null(session.Row("books", "b1"));
        Assert.Equal("""{"deleted":false}""", session.Call("delete_book", """{"book_id":"b1"}""").Content);
    }

    [Fact]
    public void Call_ErrorCaught_ProgramGoesOn() =>
        Assert.Equal("\"caught not_there\"", Run(
            "(db, args, env) => { try { throw env.error('a', 'not_there'); } catch (e) { return 'caught ' + e.message; } }").Content);

    [Fact]
    public void Call_WritesThatCancel_ChangeNoRow()
    {
        var session = Open(
            """
            (db, args, env) => {
              const row = db.books.get("b1");
              db.books.update("b1", { title: "x" });
              db.books.update("b1", { title: row.title });
              db.books.insert({ book_id: "b8", title: "y" });
              db.books.delete("b8");
              db.books.delete("b2");
              db.books.insert({ title: "Title of b2", tags: ["a", "b"], book_id: "b2" });
            }
            """);

        var result = session.Call("run");

        Assert.Equal(("null", 0), (result.Content, result.RowsChanged));
        Assert.Empty(session.Changes);
        Assert.Equal(session.Environment.StateHash, session.StateHash);
    }

    [Fact]
    public void Call_HandleUsedDuringStringification_IsDead()
    {
        var result = Run("(db, args, env) => ({ get late() { return db.books.insert({ book_id: 'b9', title: 't' }); } })");

        Assert.Equal("program_error", result.ErrorCode);
        Assert.Contains("the db handle is dead", result.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_ArgumentsNotFittingTheSchema_NeverReachTheProgram()
    {
        const string Schema = """{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}""";
        var package = Library.Package(1);
        var environment = LoadedEnvironment.Load(package with
        {
            Tools = [.. package.Tools, Library.Tool("wipe", "(db, args) => { db.books.delete('b1'); return args.n; }", Schema)],
        });
        var session = engine.Open(environment, new Seed("1"));

        var result = session.Call("wipe", """{"n":"1","m":2}""");

        Assert.Equal("invalid_arguments", result.ErrorCode);
        Assert.Equal(
            """{"error":{"code":"invalid_arguments","message":"$.n: expected an integer, found \"1\"; $.m: no such property is known"}}""", result.Content);
        Assert.Empty(session.Changes);
        Assert.Equal("7", session.Call("wipe", """{"n":7}""").Content);
    }

    [Fact]
    public void Load_BrokenProgram_NamesFileAndPlace()
    {
        var e = Assert.Throws<PackageException>(() => LoadedEnvironment.Load(Library.Package(1, ("broken", "function broken(db) {\n  return db.;\n}"))));

        Assert.Equal(("programs/broken.js", "line 2, column 13"), (e.File, e.Place));
    }

    private AgentScaler.Environments.ToolResult Run(string program) => Open(program).Call("run");

    private EnvironmentSession Open(string program) => engine.Open(LoadedEnvironment.Load(Library.Package(3, ("run", program))), new Seed("1"));
}
