using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Environments.Engine;

/// <summary>What the indexes answer is what reading every row would.</summary>
public sealed class WhereTests : IDisposable
{
    private const string Write = """
        (db, args) => {
          if (args.title === undefined) return db.books.delete(args.book_id);
          return db.books.get(args.book_id) ? db.books.update(args.book_id, args) : db.books.insert(args);
        }
        """;

    private const string Compare = """
        (db, args) => {
          const found = db.books.where({ title: args.title, lent: args.lent }).concat(db.books.where({ title: args.title }));
          const read = db.books.all().filter((row) => row.title === args.title && row.lent === args.lent).concat(db.books.all().filter((row) => row.title === args.title));
          const keys = db.books.keysBy(["title"], args.title.toLowerCase(), "lower").concat(db.books.keysBy(["title"], args.title), db.books.keysBy(["title", "length"], 1));
          const same = db.books.all().filter((row) => row.title?.toLowerCase() === args.title.toLowerCase()).concat(db.books.all().filter((row) => row.title === args.title));
          return [found.map((row) => row.book_id).concat(keys), read.concat(same).map((row) => row.book_id)];
        }
        """;

    private readonly EnvironmentEngine engine = new(new EngineOptions { MaximumIsolates = 1 }, Library.Clock);
    private readonly LoadedEnvironment environment = LoadedEnvironment.Load(Library.Package([("write", Write), ("compare", Compare)], books: 6));

    public void Dispose() => engine.Dispose();

    [Fact]
    public void KeysBy_PathInsideOfObjects_FindsBaseRowsAndChangedRows()
    {
        const string Find = "(db, args) => db.books.keysBy(['of', 'name'], args.name, args.fold)";
        var session = engine.Open(LoadedEnvironment.Load(Library.Package(2, ("write", Write), ("find", Find))), new Seed("1"));
        session.Call("write", """{"book_id":"n1","title":"t","of":{"name":"Ada"}}""");
        session.Call("write", """{"book_id":"n2","title":"t","of":"Ada"}""");
        session.Call("write", """{"book_id":"n3","title":"t","of":{"name":"ADA"}}""");

        Assert.Equal("""["n1"]""", session.Call("find", """{"name":"Ada"}""").Content);
        Assert.Equal("""["n1","n3"]""", session.Call("find", """{"name":"ada","fold":"lower"}""").Content);
        Assert.Equal("[]", session.Call("find", """{"name":null}""").Content);
        Assert.Equal("program_error", session.Call("find", """{"name":"ada","fold":"upper"}""").ErrorCode);
        Assert.Equal("program_error", session.Call("find", """{"name":["ada"]}""").ErrorCode);
    }

    [Property(MaxTest = 30)]
    public void Where_AfterRandomWrites_GivesTheRowsInOrder(int number)
    {
        var random = Seed.Root(number).Random();
        var session = engine.Open(environment, new Seed("1"));
        for (var i = 0; i < 15; i++)
        {
            var title = random.Next(5) == 0 ? "" : $$""","title":"{{(random.Next(2) == 0 ? "Title" : "TITLE")}} of b{{random.Next(4)}}","lent":{{random.Next(2)}}""";
            session.Call("write", $$"""{"book_id":"b{{random.Next(9)}}"{{title}}}""");
            var lists = Library.Json(session.Call("compare", $$"""{"title":"Title of b{{random.Next(4)}}","lent":{{random.Next(2)}}}""").Content);

            Assert.Equal(lists[1].GetRawText(), lists[0].GetRawText());
        }
    }
}
