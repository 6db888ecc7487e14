using System.Diagnostics;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Core.Tests.Environments.Engine;

/// <summary>Hostile programs: the process lives, other sessions stay whole, nothing is remembered between calls.</summary>
[Collection(AloneOnTheMachine.Name)]
public sealed class SandboxTests : IDisposable
{
    private static readonly EngineOptions Small = new()
    {
        CallTimeout = TimeSpan.FromMilliseconds(400),
        SoftHeapBytes = 24 << 20,
        MaximumIsolates = 1,
    };

    private readonly EnvironmentEngine engine = new(Small, Library.Clock);

    public void Dispose() => engine.Dispose();

    [Theory]
    [MemberData(nameof(Attacks.RunningAway), MemberType = typeof(Attacks))]
    public void Call_RunsAway_AbortsTheEpisodeAndNothingElse(string body)
    {
        var environment = LoadedEnvironment.Load(Library.Package(3, ("run", $"(db, args, env) => {{ {body} }}")));
        var other = engine.Open(environment, new Seed("2"));
        other.Call("set_title", """{"book_id":"b1","title":"kept"}""");
        var session = engine.Open(environment, new Seed("1"));
        session.Call("set_title", """{"book_id":"b2","title":"before"}""");
        var hash = session.StateHash;
        var watch = Stopwatch.StartNew();

        var e = Assert.Throws<EpisodeAbortedException>(() => session.Call("run"));

        Assert.Equal(("run", "env-library"), (e.Tool, e.Environment));
        Assert.NotEqual(AbortReason.Runtime, e.Reason);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(hash, session.StateHash);
        Assert.Contains("before", session.Call("get_book", """{"book_id":"b2"}""").Content, StringComparison.Ordinal);
        Assert.Contains("kept", other.Call("get_book", """{"book_id":"b1"}""").Content, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Attacks.EndingBadly), MemberType = typeof(Attacks))]
    public void Call_EndsBadly_IsAnErrorThatChangesNothing(string body)
    {
        var session = Open($"(db, args, env) => {{ {body} }}");
        var hash = session.StateHash;

        var result = session.Call("run");

        Assert.True(result.IsError, result.Content);
        Assert.InRange(result.Content.Length, 1, 10_000);
        Assert.Equal(hash, session.StateHash);
        Assert.Contains("Title of b1", session.Call("get_book", """{"book_id":"b1"}""").Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_ErrorCodeHoldsSeparators_ForgesNoChanges()
    {
        const string Forge = """(db, args, env) => { db.books.update("b1", { title: "kept" }); throw env.error("a\u00010\u00011c\u0001\"b2\"\u0001", "forged"); }""";
        var package = Library.Package(3, ("run", Forge)) with { KeepChangesOnError = true };
        var session = engine.Open(LoadedEnvironment.Load(package), new Seed("1"));

        var result = session.Call("run");

        Assert.Equal(("a_0_1c__b2__", 1), (result.ErrorCode, result.RowsChanged));
        Assert.Equal("b1", Assert.Single(session.Changes).Key);
    }

    [Fact]
    public void Call_OutlastsItsBurst_IsRepeatedUnderSamplingWithTheSameResult()
    {
        const string Slow = """
            (db, args, env) => {
              let x = 0;
              for (let i = 0; i < args.rounds; i++) x = (x + i) | 0;
              return { x, loan: db.loans.insert({ loan_id: env.newId("loans"), book_id: "b1" }) };
            }
            """;
        using var patient = new EnvironmentEngine(new EngineOptions { CallTimeout = TimeSpan.FromMinutes(2), MaximumIsolates = 1 }, Library.Clock);
        var environment = LoadedEnvironment.Load(Library.Package(2, ("slow", Slow)));
        var session = patient.Open(environment, new Seed("1"));
        session.Call("set_title", """{"book_id":"b1","title":"before"}""");

        var first = session.Call("slow", """{"rounds":500000000}""");
        session.Reset();
        session.Call("set_title", """{"book_id":"b1","title":"before"}""");
        var again = session.Call("slow", """{"rounds":500000000}""");

        Assert.Null(first.ErrorCode);
        Assert.Equal(1, first.RowsChanged);
        Assert.Equal(first, again);
        Assert.Equal(2, session.Changes.Count);
    }

    [Theory]
    [InlineData("(function () {}).constructor('return 1')()", "switched off")]
    [InlineData("(function () {}).constructor.constructor('return 1')()", "switched off")]
    [InlineData("Object.getPrototypeOf(() => 1).constructor('return 1')()", "switched off")]
    [InlineData("[].map.constructor('return 1')()", "switched off")]
    [InlineData("Array.prototype.extra = 1", "not extensible")]
    [InlineData("Object.prototype.extra = 1", "not extensible")]
    [InlineData("({}).__proto__.extra = 1", "not extensible")]
    [InlineData("Object.defineProperty(String.prototype, 'trim', { value: 1 })", "Cannot redefine")]
    [InlineData("Math.max = 1", "read only")]
    [InlineData("JSON.stringify = 1", "read only")]
    [InlineData("(db.books.get.memo = 1)", "not extensible")]
    [InlineData("(Object.getPrototypeOf(db).memo = 1)", "not extensible")]
    [InlineData("(Object.getPrototypeOf(env).newId = 1)", "read only")]
    [InlineData("Object.setPrototypeOf(Object.getPrototypeOf(db.books), null)", "not extensible")]
    [InlineData("Object.getPrototypeOf([][Symbols(Array.prototype)]()).next = 1", "read only")]
    [InlineData("Math.random()", "not a function")]
    [InlineData("Array.fromAsync([1])", "not a function")]
    [InlineData("Error.captureStackTrace({})", "not a function")]
    [InlineData("[].fill.call({ length: 1e15 }, 0)", "longer than")]
    [InlineData("Array.from({ length: 4e9 }).length", "longer than")]
    [InlineData("(() => { const a = []; a.length = 4e9; return JSON.stringify(a).length; })()", "Invalid string length")]
    [InlineData("(() => { const a = []; a.length = 4e9; return a.indexOf(1); })()", "longer than")]
    [InlineData("(() => { const a = []; a.length = 4e9; return a.forEach(() => 1); })()", "longer than")]
    [InlineData("(() => { const a = []; a.length = 4e9; return `${a}`; })()", "longer than")]
    [InlineData("Array.from({ length: 4e9 })", "longer than")]
    [InlineData("String.raw({ raw: { length: 4e9 } })", "longer than")]
    [InlineData("(() => { let s = '1,'; while (s.length < 2 ** 28) s += s; return JSON.parse('[' + s + '1]').length; })()", "longer than")]
    [InlineData("(() => { let s = '1,'; while (s.length < 2 ** 28) s += s; return s.split(',').length; })()", "longer than")]
    [InlineData("(() => { for (let b = 2n; ; b = b ** b); })()", "Maximum BigInt size")]
    [InlineData("(() => { for (let s = 'ab'; ; s += s); })()", "Invalid string length")]
    [InlineData("'ab'.repeat(2 ** 28)", "longer than")]
    [InlineData("'ab'.padEnd(2 ** 28)", "longer than")]
    public void Call_TampersOrReachesOut_IsAProgramError(string expression, string message)
    {
        var result = Run($"(db, args, env) => {{ const Symbols = (o) => Object.getOwnPropertySymbols(o)[0]; return {expression}; }}");

        Assert.Equal("program_error", result.ErrorCode);
        Assert.Contains(message, result.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'b'.localeCompare('a') + 'I'.toLocaleLowerCase() + 'i'.toLocaleUpperCase() + (1234.5).toLocaleString()", "\"1iI1234.5\"")]
    [InlineData("['\\u00e4', 'z', 'a'].sort((x, y) => x.localeCompare(y)).join('')", "\"az\u00e4\"")]
    [InlineData("[typeof RegExp.$1, typeof RegExp.lastMatch, typeof RegExp['$&']].join() + (/(a)/.test('a') ? '' : 1)", "\"undefined,undefined,undefined\"")]
    [InlineData("(() => { try { null.x; } catch (e) { return e.stack; } })()", "\"TypeError: Cannot read properties of null (reading 'x')\"")]
    [InlineData("Object.getOwnPropertyNames(Object.getPrototypeOf(db)).join()", "\"books,loans,order_items\"")]
    [InlineData("(function () { return typeof this; })()", "\"undefined\"")]
    [InlineData("[1, 2, 3].map((x) => x * 2).filter((x) => x > 2).reduce((a, b) => a + b, 0)", "10")]
    [InlineData("[[3, 1], [2]].flat().sort().concat([9], 8).slice(1).reverse().join('-')", "\"8-9-3-2\"")]
    [InlineData("'x'.padStart(3, 'ab') + 'ab'.repeat(2) + [1, 2].includes(2) + [5, 6].findIndex((x) => x === 6)", "\"abxababtrue1\"")]
    public void Call_AdmittedIntrinsics_DependOnTheirArgumentsAlone(string expression, string expected) =>
        Assert.Equal(expected, Run($"(db, args, env) => {expression}").Content);

    [Theory]
    [InlineData("function run(db) { run.count = (run.count || 0) + 1; return run.count; }")]
    [InlineData("function run(db) { Object.prototype.toString.count = 1; return 1; }")]
    [InlineData("function run(db) { run.prototype.count = 1; return 1; }")]
    public void Call_KeepsStateInAFunction_IsAProgramError(string program) => Assert.Equal("program_error", Run(program).ErrorCode);

    [Theory]
    [InlineData("(db) => { const f = (s) => s.raw; const r = f`a`; try { r.count = (r.count || 0) + 1; } catch (e) {} return r.count; }")]
    [InlineData("(db) => { const r = /a/g; r.test('aa'); return r.lastIndex; }")]
    [InlineData("(db, args) => { const list = args.list; list.push(1); return list.length; }")]
    [InlineData("(db) => { try { db.memo = 1; } catch (e) {} return Object.keys(db).length; }")]
    public void Call_Again_GivesTheSame(string program)
    {
        var session = Open(program);

        Assert.Equal(session.Call("run", """{"list":[0]}"""), session.Call("run", """{"list":[0]}"""));
    }

    private AgentScaler.Environments.ToolResult Run(string program) => Open(program).Call("run");

    private EnvironmentSession Open(string program) => engine.Open(LoadedEnvironment.Load(Library.Package(3, ("run", program))), new Seed("1"));
}
