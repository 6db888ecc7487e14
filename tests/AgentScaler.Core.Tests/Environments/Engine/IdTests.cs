using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Core.Tests.Environments.Engine;

public sealed class IdTests : IDisposable
{
    private const string Fail = """
        function lend_and_fail(db, args, env) {
          db.loans.insert({ loan_id: env.newId("loans"), book_id: args.book_id });
          throw env.error("no", "no");
        }
        """;

    private const string Pair = """
        function add_pair(db, args, env) {
          const first = env.newId("order_items");
          const second = env.newId("order_items");
          db.order_items.insert({ number: first });
          db.order_items.insert({ number: second });
          return [first, second];
        }
        """;

    private const string Hidden = """
        function hidden_id(db, args, env) {
          const name = "new" + "Id";
          try {
            return db.loans.insert({ loan_id: env[name]("loans") });
          } catch (e) {
            return "caught";
          }
        }
        """;

    private readonly EnvironmentEngine engine = new(new EngineOptions { MaximumIsolates = 1 }, Library.Clock);
    private readonly LoadedEnvironment environment = LoadedEnvironment.Load(
        Library.Package(3, ("lend_and_fail", Fail), ("add_pair", Pair), ("hidden_id", Hidden)));

    public void Dispose() => engine.Dispose();

    [Fact]
    public void NewId_Text_HasEntityAndTenHexDigits() => Assert.Matches("^loan_[0-9a-f]{10}$", Lend(Open()));

    [Fact]
    public void NewId_IntegerKey_IsPositiveBelowABillionAndDistinct()
    {
        var pair = Library.Json(Open().Call("add_pair").Content).EnumerateArray().Select(id => id.GetInt32()).ToArray();

        Assert.All(pair, id => Assert.InRange(id, 1, 999_999_999));
        Assert.NotEqual(pair[0], pair[1]);
    }

    [Fact]
    public void NewId_ExtraReadsAndFailedAttemptsBefore_IsTheSame()
    {
        var plain = Lend(Open());
        var session = Open();
        session.Call("list_books");
        session.Call("get_book", """{"book_id":"b1"}""");
        Assert.Equal("no", session.Call("lend_and_fail", """{"book_id":"b1"}""").ErrorCode);
        Assert.Equal("not_found", session.Call("lend_book", """{"book_id":"b7"}""").ErrorCode);
        Lend(session, "b2");

        Assert.Equal(plain, Lend(session));
    }

    [Fact]
    public void NewId_SameCallAgain_IsAnotherId()
    {
        var session = Open();

        Assert.NotEqual(Lend(session), Lend(session));
    }

    [Fact]
    public void NewId_SameCallAfterUndo_CountsTheCommittedOne()
    {
        var session = Open();
        var first = Lend(session);
        session.Call("return_book", $$"""{"loan_id":"{{first}}"}""");

        Assert.NotEqual(first, Lend(session));
    }

    [Fact]
    public void NewId_OtherSeedOrArguments_IsAnotherId()
    {
        var id = Lend(Open());

        Assert.NotEqual(id, Lend(engine.Open(environment, new Seed("2"))));
        Assert.NotEqual(id, Lend(Open(), "b2"));
    }

    [Fact]
    public void NewId_EqualArgumentsWrittenDifferently_IsTheSame()
    {
        var one = Open().Call("lend_book", """{"book_id":"b1","note":25}""").Content;
        var two = Open().Call("lend_book", """{ "note" : 25.0, "book_id":"b\u0031" }""").Content;

        Assert.Equal(one, two);
    }

    [Fact]
    public void NewId_KeyExistsAlready_IsAnotherId()
    {
        var id = Lend(Open());
        var row = Library.Json($$"""{"loan_id":"{{id}}","book_id":"b3"}""");

        Assert.NotEqual(id, Lend(engine.Open(environment, new Seed("1"), [new("loans", id, row)])));
    }

    [Fact]
    public void NewId_ReachedWithoutNamingIt_WorksAllTheSame() =>
        Assert.Matches("\"loan_[0-9a-f]{10}\"", Open().Call("hidden_id").Content);

    [Fact]
    public void NewId_UnknownCollection_IsAProgramError()
    {
        var other = LoadedEnvironment.Load(Library.Package(1, ("odd", "(db, args, env) => env.newId('ghosts')")));

        Assert.Equal("program_error", engine.Open(other, new Seed("1")).Call("odd").ErrorCode);
    }

    private EnvironmentSession Open() => engine.Open(environment, new Seed("1"));

    private static string Lend(EnvironmentSession session, string book = "b1") =>
        Library.Json(session.Call("lend_book", $$"""{"book_id":"{{book}}"}""").Content).GetProperty("loan_id").GetString()!;
}
