using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Engine;

/// <summary>Packages whose values follow Python's rules; the right-hand sides are what Python 3.13 gives.</summary>
public sealed class PythonValuesTests : IDisposable
{
    private readonly EnvironmentEngine engine = new(new EngineOptions(), Library.Clock);

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData("""{"b":1,"a":[1.0,-0.0,1e16,1e-5,0.1,12345678901234567890,-0,1e2,null,true]}""",
        """{"b": 1, "a": [1.0, -0.0, 1e+16, 1e-05, 0.1, 12345678901234567890, 0, 100.0, null, true]}""")]
    [InlineData("""{"10":1,"9":{"2":1,"1":2},"x":[],"y":{}}""", """{"10": 1, "9": {"2": 1, "1": 2}, "x": [], "y": {}}""")]
    [InlineData("""{"t":"é😀\u0000\u007f\n\"\\/"}""", """{"t": "\u00e9\ud83d\ude00\u0000\u007f\n\"\\/"}""")]
    public void Call_ArgumentsGivenBack_AreTextAsJsonDumpsWritesIt(string arguments, string text)
    {
        Assert.Equal(text, Session("(db, args) => args").Call("tool", arguments).Content);

        // The same through a row: written, kept by the host, read by an isolate that does not know it.
        var session = Session("(db, args) => { db.books.update('b1', { held: args }); return db.books.get('b1').held; }", "(db) => db.books.get('b1').held");
        Assert.Equal(text, session.Call("tool", arguments).Content);
        Assert.Equal(text, HeldAtTheHost(session));
        Assert.Equal(text, engine.Open(session.Environment, new Seed("1"), session.Changes).Call("tool2").Content);
    }

    [Theory]
    [InlineData("[0.125,2]", "0.12")]
    [InlineData("[0.375,2]", "0.38")]
    [InlineData("[-0.125,2]", "-0.12")]
    [InlineData("[2.675,2]", "2.67")]
    [InlineData("[-0.001,2]", "-0.0")]
    [InlineData("[2.5,0]", "2.0")]
    [InlineData("[7,2]", "7")]
    [InlineData("[true,2]", "1")]
    public void Round_FloatsAndInts_IsPythons(string arguments, string result) => Equal("py.round(...args.of)", arguments, result);

    [Theory]
    [InlineData("py.add(0.5, 0.5)", "1.0")]
    [InlineData("py.add(args.of[0], 1)", "12345678901234567891")]
    [InlineData("py.subtract(args.of[0], args.of[0])", "0")]
    [InlineData("py.multiply(9007199254740991, 3)", "27021597764222973")]
    [InlineData("py.multiply(50, true)", "50")]
    [InlineData("py.multiply('ab', 2)", "\"abab\"")]
    [InlineData("py.equal(args.of[1], 1) && py.equal(args.of[1], true) && !py.equal(1, '1')", "true")]
    [InlineData("py.str([args.of[1], null, true, \"it's\", { a: 1 }])", "\"[1.0, None, True, \\\"it's\\\", {'a': 1}]\"")]
    [InlineData("py.sorted(['b', 'a'])", "[\"a\", \"b\"]")]
    [InlineData("py.has(args.keys, '7') && py.item(args.keys, '7')", "1")]
    [InlineData("py.assigned(args.keys, '3', 0)", "{\"7\": 1, \"5\": 2, \"3\": 0}")]
    [InlineData("py.removed(args.keys, '7')", "{\"5\": 2}")]
    [InlineData("py.int(' -12 ')", "-12")]
    [InlineData("py.len('a😀')", "2")]
    public void Functions_Values_BehaveAsPythons(string expression, string result) =>
        Assert.Equal(result, Session(Program(expression)).Call("tool", """{"of":[12345678901234567890,1.0],"keys":{"7":1,"5":2}}""").Content);

    [Theory]
    [InlineData("py.add(1, 'a')", "unsupported operand type(s) for +: 'int' and 'str'")]
    [InlineData("py.len(null)", "object of type 'NoneType' has no len()")]
    [InlineData("py.has({}, [])", "unhashable type: 'list'")]
    [InlineData("py.item({}, 'k')", "'k'")]
    [InlineData("py.less(1, null)", "'<' not supported between instances of 'int' and 'NoneType'")]
    [InlineData("py.bind('Tool', args, ['a', 'b', 'c'])", "Tool.invoke() missing 3 required positional arguments: 'a', 'b', and 'c'")]
    [InlineData("py.lookup(db.books, {})", "unhashable type: 'dict'")]
    public void Functions_WrongTypes_RaisePythonsErrors(string expression, string message)
    {
        var result = Session(Program(expression)).Call("tool");

        Assert.True(result.IsError);
        Assert.Equal(message, JsonElement.Parse(result.Content).GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public void StateHash_IntAndFloat_Differ_OrderOfKeysDoesNot()
    {
        string Hash(string arguments)
        {
            var session = Session("(db, args) => { db.books.update('b1', { held: args }); }");
            session.Call("tool", arguments);
            return session.StateHash;
        }

        Assert.NotEqual(Hash("""{"a":10}"""), Hash("""{"a":10.0}"""));
        Assert.Equal(Hash("""{"a":10,"b":1}"""), Hash("""{"b":1,"a":10}"""));
    }

    [Fact]
    public void Call_PackagePassesAnyArguments_ReachTheProgram()
    {
        var tool = Library.Tool("tool", "(db, args) => args.n", """{"type":"object","properties":{"n":{"type":"integer"}}}""");
        var package = Library.Package([]) with { Tools = [tool] };

        Assert.True(engine.Open(LoadedEnvironment.Load(package), new Seed("1")).Call("tool", """{"n":"x"}""").IsError);
        Assert.Equal("\"x\"", engine.Open(LoadedEnvironment.Load(package with { PassesAnyArguments = true }), new Seed("1")).Call("tool", """{"n":"x"}""").Content);
    }

    [Fact]
    public void Rows_GivenOrder_StaysAndNewRowsFollow()
    {
        var package = Package("(db) => { db.books.insert({ book_id: 'b0', title: 'x' }); return db.books.where({ title: 'x' }).concat(db.books.all()).map((row) => row.book_id); }");
        package = package with { State = [Library.Book("b3"), Library.Book("b1")] };

        Assert.Equal("""["b0", "b3", "b1", "b0"]""", engine.Open(LoadedEnvironment.Load(package), new Seed("1")).Call("tool").Content);
    }

    [Fact]
    public void Rows_KeyOutside_IsNoField()
    {
        var package = Package("(db) => { db.notes.insert({ text: 'new' }, 'n2'); db.notes.update('n1', { text: 'changed' }); return [db.notes.get('n1'), db.notes.findKey((row) => row.text === 'new')]; }");
        package = package with
        {
            Schema = new EnvironmentSchema([.. package.Schema.Collections, new CollectionSpec("notes", "note", "note_id", null, [], KeyOutside: true)]),
            State = [.. package.State, new RowData("notes", "n1", Library.Json("""{"text":"old"}"""))],
        };

        Assert.Equal("""[{"text": "changed"}, "n2"]""", engine.Open(LoadedEnvironment.Load(package), new Seed("1")).Call("tool").Content);
    }

    [Theory]
    [InlineData("10/4", "2.5")]
    [InlineData("-7//2", "-4.0")]
    [InlineData("2**3**2", "512.0")]
    [InlineData("-2**2", "-4.0")]
    [InlineData("10**400/10**399", "10.0")]
    [InlineData("12345678901234567890/7", "1.763668414462081e+18")]
    [InlineData("100000000000*10000000", "1e+18")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("00.5+.5", "1.0")]
    public void Calculate_Arithmetic_IsPythons(string expression, string result) =>
        Assert.Equal("\"" + result + "\"", Calculate(expression).Content);

    [Theory]
    [InlineData("", "invalid syntax (<string>, line 0)")]
    [InlineData("7-", "invalid syntax (<string>, line 1)")]
    [InlineData("(1+2", "'(' was never closed (<string>, line 1)")]
    [InlineData("1)", "unmatched ')' (<string>, line 1)")]
    [InlineData("(1 2)", "invalid syntax. Perhaps you forgot a comma? (<string>, line 1)")]
    [InlineData("007", "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers (<string>, line 1)")]
    [InlineData("2(3)", "'int' object is not callable")]
    [InlineData("()", "float() argument must be a string or a real number, not 'tuple'")]
    [InlineData("1/0", "division by zero")]
    [InlineData("1.0/0", "float division by zero")]
    [InlineData("1//0", "integer division or modulo by zero")]
    [InlineData("10**400", "int too large to convert to float")]
    [InlineData("abc", "invalid characters in expression")]
    public void Calculate_Faults_HavePythonsText(string expression, string message) =>
        Assert.Equal(message, JsonElement.Parse(Calculate(expression).Content).GetProperty("error").GetProperty("message").GetString());

    private AgentScaler.Environments.ToolResult Calculate(string expression) =>
        Session("(db, args, env) => env.python.calculate(args.e)").Call("tool", $$"""{"e":"{{expression}}"}""");

    private static string HeldAtTheHost(EnvironmentSession session) => session.Row("books", "b1")!.Value.GetProperty("held").GetRawText();

    private void Equal(string expression, string arguments, string result) =>
        Assert.Equal(result, Session(Program(expression)).Call("tool", $$"""{"of":{{arguments}}}""").Content);

    private EnvironmentSession Session(params string[] programs) => engine.Open(LoadedEnvironment.Load(Package(programs)), new Seed("1"));

    private static string Program(string expression) => "(db, args, env) => { const py = env.python; return " + expression + "; }";

    private static EnvironmentPackage Package(params string[] programs) =>
        Library.Package([.. programs.Select((program, i) => ("tool" + (i == 0 ? "" : $"{i + 1}"), program))]) with { Values = ValueRules.Python };
}
