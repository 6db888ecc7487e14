using System.Text.Json;
using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes.Scripted;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Episodes;

/// <summary>Needless writes where rows are reached through what they belong to.</summary>
public sealed class SpareWritesTests : IDisposable
{
    private const int Seeds = 12;

    private const string Book = """{"type":"object","properties":{"book_id":{"type":"string"},"title":{"type":"string"},"pages":{"type":"integer"},"shelf_id":{"type":"string"}},"required":["book_id","title","pages","shelf_id"]}""";

    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);
    private readonly LoadedEnvironment environment;

    public SpareWritesTests() => environment = LoadedEnvironment.Load(Domains.Package(engine, Domains.Of(
        Domains.Tool("get_shelf", "GET", "/shelves/{shelf_id}", """{"shelf_id":{"type":"string"}}""", ["shelf_id"], """{"type":"object","properties":{"shelf_id":{"type":"string"},"name":{"type":"string"}}}"""),
        Domains.Tool("get_book", "GET", "/shelves/{shelf_id}/books/{book_id}", Keys, ["book_id", "shelf_id"], Book),
        Domains.Tool("create_book", "POST", "/shelves/{shelf_id}/books", """{"shelf_id":{"type":"string"},"title":{"type":"string"},"pages":{"type":"integer"}}""", ["pages", "shelf_id", "title"], Book),
        Domains.Tool("update_book", "PATCH", "/shelves/{shelf_id}/books/{book_id}", """{"shelf_id":{"type":"string"},"book_id":{"type":"string"},"title":{"type":"string"},"pages":{"type":"integer"}}""", ["book_id", "shelf_id"], Book),
        Domains.Tool("delete_book", "DELETE", "/shelves/{shelf_id}/books/{book_id}", Keys, ["book_id", "shelf_id"], null))));

    private static string Keys => """{"shelf_id":{"type":"string"},"book_id":{"type":"string"}}""";

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Find_RowsBelowOthers_ChangesOneThatTheTaskDoesNotName()
    {
        var task = Task();
        var writes = Enumerable.Range(0, Seeds).Select(i => Spare(task).Find(9, Seed.Root(i).Random())!).ToList();

        Assert.All(writes, write => Assert.NotEqual(task.InitialHash, After(task, write).StateHash));
        Assert.All(writes, write => Assert.DoesNotContain(write.Arguments, argument => argument.Name == "book_id" && argument.Value.GetString() == task.Gold[0].Arguments.GetProperty("book_id").GetString()));
        Assert.Equal(["create_book", "delete_book", "update_book"], writes.Select(write => write.Tool).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void FindUndone_RowsBelowOthers_LeavesTheStateAsItWas()
    {
        var task = Task();
        var pairs = Enumerable.Range(0, Seeds).Select(i => Assert.NotNull(Spare(task).FindUndone(9, Seed.Root(i).Random()))).ToList();

        Assert.All(pairs, pair => Assert.Equal(task.InitialHash, After(task, pair.Write, pair.Undo).StateHash));
        Assert.Equal(["create_book", "update_book"], pairs.Select(pair => pair.Write.Tool).Distinct().Order(StringComparer.Ordinal));
        Assert.All(pairs.Where(pair => pair.Write.Tool == "create_book"), pair => Assert.Equal((9, "book_id"), pair.Undo.Arguments.Where(argument => argument.Slot is not null).Select(argument => (argument.Slot, argument.Path)).Single()));
    }

    private SpareWrites Spare(TaskSpec task) => new(task, environment.Package, () => engine.Open(environment, new Seed(task.Seed)));

    private EnvironmentSession After(TaskSpec task, params IReadOnlyList<ScriptedCall> calls)
    {
        var session = engine.Open(environment, new Seed(task.Seed));
        foreach (var call in calls)
        {
            var result = session.Call(call.Tool, JsonSerializer.SerializeToElement(call.Arguments.ToDictionary(argument => argument.Name, argument => argument.Value)));
            Assert.False(result.IsError, result.Content);
        }

        return session;
    }

    /// <summary>A task that reads one book.</summary>
    private TaskSpec Task()
    {
        var session = engine.Open(environment, Seed.Root(7));
        var (key, row) = session.Rows("books").First();
        var arguments = JsonSerializer.SerializeToElement(new { book_id = key, shelf_id = row.GetProperty("shelf_id") });
        return new TaskSpec
        {
            Id = "task-nested",
            Environment = environment.Package.Id,
            Seed = Seed.Root(7).Path,
            InitialChanges = [],
            Requests = [new UserRequest("What is the title?", 0, 1, [])],
            Gold = [new GoldCall("get_book", arguments, [new("book_id", OriginKind.User), new("shelf_id", OriginKind.User)], false, session.Call("get_book", arguments).Content)],
            InitialHash = session.StateHash,
            GoldHash = session.StateHash,
        };
    }
}
