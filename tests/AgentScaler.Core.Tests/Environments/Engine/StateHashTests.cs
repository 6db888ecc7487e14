using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Core.Tests.Json;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Environments.Engine;

public sealed class StateHashTests : IDisposable
{
    private readonly EnvironmentEngine engine = new(new EngineOptions { MaximumIsolates = 1 }, Library.Clock);
    private readonly LoadedEnvironment environment = LoadedEnvironment.Load(Library.Package(5));

    public void Dispose() => engine.Dispose();

    [Property(MaxTest = 30)]
    public void StateHash_AfterRandomCalls_EqualsTheHashOfTheRowsLoadedAfresh(int number)
    {
        var random = Seed.Root(number).Random();
        var session = engine.Open(environment, new Seed("1"));
        for (var i = 0; i < 20; i++)
        {
            RandomCall(session, random);
        }

        var package = environment.Package with
        {
            State = [.. environment.Package.Schema.Collections.SelectMany(collection =>
                session.Rows(collection.Name).Select(row => new RowData(collection.Name, row.Key, row.Value)))],
        };
        Assert.Equal(LoadedEnvironment.Load(package).StateHash, session.StateHash);
        Assert.Equal(session.StateHash, engine.Open(environment, new Seed("1"), session.Changes).StateHash);
    }

    [Property(MaxTest = 60)]
    public void Row_AnyJsonAProgramStored_IsKeptCanonical(int number)
    {
        const string Put = "(db, args) => { if (db.books.get('x')) db.books.update('x', args); else db.books.insert({ book_id: 'x', ...args }); }";
        var session = engine.Open(LoadedEnvironment.Load(Library.Package(1, ("put", Put))), new Seed("1"));
        var json = new RandomJson(number);
        for (var i = 0; i < 3; i++)
        {
            var value = json.Scramble(new Dictionary<string, object?> { [$"f{i % 2}"] = json.Value(), ["g"] = json.Value(1) });
            Assert.Null(session.Call("put", value).ErrorCode);

            var row = session.Row("books", "x")!.Value;
            Assert.Equal(CanonicalJson.Write(row), row.GetRawText());
            Assert.Equal(session.StateHash, engine.Open(session.Environment, new Seed("1"), session.Changes).StateHash);
        }
    }

    [Property(MaxTest = 10)]
    public void Reset_AfterRandomCalls_IsTheStartAgain(int number)
    {
        var random = Seed.Root(number).Random();
        var session = engine.Open(environment, new Seed("1"), [new RowChange("books", "b9", Library.Book("b9").Row)]);
        var (hash, first) = (session.StateHash, session.Call("lend_book", """{"book_id":"b9"}"""));
        for (var i = 0; i < 10; i++)
        {
            RandomCall(session, random);
        }

        session.Reset();

        Assert.Equal(hash, session.StateHash);
        Assert.Equal(["b9"], session.Changes.Select(change => change.Key));
        Assert.Equal(first, session.Call("lend_book", """{"book_id":"b9"}"""));
    }

    [Fact]
    public void StateHash_SetLikeAndVolatileFields_OrderAndTimeDoNotCount()
    {
        var one = engine.Open(environment, new Seed("1"), [Change("""{"book_id":"b1","title":"T","tags":["x","y"],"seen_at":"today"}""")]);
        var two = engine.Open(environment, new Seed("1"), [Change("""{"title":"T","tags":["y","x"],"seen_at":"tomorrow","book_id":"b1"}""")]);
        var other = engine.Open(environment, new Seed("1"), [Change("""{"book_id":"b1","title":"T","tags":["x","z"]}""")]);

        Assert.Equal(one.StateHash, two.StateHash);
        Assert.NotEqual(one.StateHash, other.StateHash);
    }

    [Fact]
    public void StateHash_SameRowUnderAnotherCollection_Differs()
    {
        EnvironmentSession With(string collection, string row) => engine.Open(environment, new Seed("1"), [new RowChange(collection, "7", Library.Json(row))]);

        Assert.NotEqual(
            With("books", """{"book_id":"7","loan_id":"7"}""").StateHash,
            With("loans", """{"book_id":"7","loan_id":"7"}""").StateHash);
    }

    [Fact]
    public void Differences_FieldsRowsAndDeletions_NamePathsAndValues()
    {
        var session = engine.Open(environment, new Seed("1"));
        session.Call("set_title", """{"book_id":"b1","title":"New"}""");
        session.Call("delete_book", """{"book_id":"b2"}""");

        Assert.Equal(
            ["/books/b1/title: \"Title of b1\" -> \"New\"", """/books/b2: {"book_id":"b2","tags":["a","b"],"title":"Title of b2"} -> """],
            session.Differences.Select(difference => $"{difference.Path}: {difference.Before?.GetRawText()} -> {difference.After?.GetRawText()}"));
    }

    [Fact]
    public void Differences_Arrays_NamePlaces()
    {
        var environment = LoadedEnvironment.Load(Library.Package([("set_tags", "(db, args) => db.books.update('b1', args)")]));
        var session = engine.Open(environment, new Seed("1"), [Change("""{"book_id":"b1","tags":[{"n":1},2,3]}""")]);
        session.Call("set_tags", """{"tags":[{"n":5},2]}""");

        Assert.Equal(
            ["/books/b1/tags/0/n: 1 -> 5", "/books/b1/tags/2: 3 -> "],
            session.Differences.Select(difference => $"{difference.Path}: {difference.Before} -> {difference.After}"));
    }

    private static RowChange Change(string row) => new("books", "b1", Library.Json(row));

    private static void RandomCall(EnvironmentSession session, SeededRandom random)
    {
        var book = $"b{random.Between(1, 6)}";
        var loans = session.Rows("loans").Select(row => row.Key).ToArray();
        _ = random.Next(4) switch
        {
            0 => session.Call("set_title", $$"""{"book_id":"{{book}}","title":"T{{random.Next(3)}}"}"""),
            1 => session.Call("lend_book", $$"""{"book_id":"{{book}}"}"""),
            2 when loans.Length > 0 => session.Call("return_book", $$"""{"loan_id":"{{random.Pick(loans)}}"}"""),
            _ => session.Call("delete_book", $$"""{"book_id":"{{book}}"}"""),
        };
    }
}
