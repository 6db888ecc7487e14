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
          return [found.map((row) => row.book_id), read.map((row) => row.book_id)];
        }
        """;

    private readonly EnvironmentEngine engine = new(new EngineOptions { MaximumIsolates = 1 }, Library.Clock);
    private readonly LoadedEnvironment environment = LoadedEnvironment.Load(Library.Package([("write", Write), ("compare", Compare)], books: 6));

    public void Dispose() => engine.Dispose();

    [Property(MaxTest = 30)]
    public void Where_AfterRandomWrites_GivesTheRowsInOrder(int number)
    {
        var random = Seed.Root(number).Random();
        var session = engine.Open(environment, new Seed("1"));
        for (var i = 0; i < 15; i++)
        {
            var title = random.Next(5) == 0 ? "" : $$""","title":"Title of b{{random.Next(4)}}","lent":{{random.Next(2)}}""";
            session.Call("write", $$"""{"book_id":"b{{random.Next(9)}}"{{title}}}""");
            var lists = Library.Json(session.Call("compare", $$"""{"title":"Title of b{{random.Next(4)}}","lent":{{random.Next(2)}}}""").Content);

            Assert.Equal(lists[1].GetRawText(), lists[0].GetRawText());
        }
    }
}
