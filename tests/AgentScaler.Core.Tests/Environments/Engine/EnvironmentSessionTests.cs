using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Core.Tests.Environments.Engine;

public sealed class EnvironmentSessionTests : IDisposable
{
    private readonly EnvironmentEngine engine = new(new EngineOptions { MaximumIsolates = 2 }, Library.Clock);

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Call_Read_ReturnsRowAndChangesNothing()
    {
        var session = Open();
        var before = session.StateHash;

        var result = session.Call("get_book", """{"book_id":"b1"}""");

        Assert.Equal("""{"book_id":"b1","tags":["a","b"],"title":"Title of b1"}""", result.Content);
        Assert.False(result.IsError);
        Assert.Equal(0, result.RowsChanged);
        Assert.Equal(before, session.StateHash);
        Assert.Empty(session.Changes);
    }

    [Fact]
    public void Call_ProgramThrowsToolError_GivesItsCodeAndMessage()
    {
        var result = Open().Call("get_book", """{"book_id":"nope"}""");

        Assert.Equal(new ToolResult("""{"error":{"code":"not_found","message":"no book has the id nope"}}""", true, "not_found", 0), result);
    }

    [Fact]
    public void Call_Write_ShowsInRowsChangesAndHash()
    {
        var session = Open();
        var before = session.StateHash;

        var result = session.Call("set_title", """{"book_id":"b2","title":"Other"}""");

        Assert.Equal(1, result.RowsChanged);
        Assert.NotEqual(before, session.StateHash);
        Assert.Equal("Other", session.Row("books", "b2")!.Value.GetProperty("title").GetString());
        var change = Assert.Single(session.Changes);
        Assert.Equal(("books", "b2"), (change.Collection, change.Key));
        Assert.Equal("""{"book_id":"b2","tags":["a","b"],"title":"Other"}""", session.Call("get_book", """{"book_id":"b2"}""").Content);
    }

    [Fact]
    public void Call_WriteAndUndo_RestoresHashAndLeavesNoChange()
    {
        var session = Open();
        var before = session.StateHash;

        session.Call("set_title", """{"book_id":"b2","title":"Other"}""");
        session.Call("set_title", """{"book_id":"b2","title":"Title of b2"}""");

        Assert.Equal(before, session.StateHash);
        Assert.Empty(session.Changes);
        Assert.Empty(session.Differences);
    }

    [Fact]
    public void Call_InsertThenDelete_LeavesNoLoanBehind()
    {
        var session = Open();
        var loan = Library.Json(session.Call("lend_book", """{"book_id":"b1"}""").Content).GetProperty("loan_id").GetString()!;
        Assert.Equal(["b1", loan], session.Changes.Select(change => change.Key));

        var result = session.Call("return_book", $$"""{"loan_id":"{{loan}}"}""");

        Assert.Equal(2, result.RowsChanged);
        Assert.Null(session.Row("loans", loan));
        Assert.Equal(["b1"], session.Changes.Select(change => change.Key));
    }

    [Fact]
    public void Call_DeleteBaseRow_ChangeHasNoRow()
    {
        var session = Open();

        Assert.Equal("""{"deleted":true}""", session.Call("delete_book", """{"book_id":"b1"}""").Content);

        Assert.Equal(new RowChange("books", "b1", null), Assert.Single(session.Changes));
        Assert.Equal(["b2", "b3"], session.Rows("books").Select(row => row.Key));
        Assert.Equal("""{"deleted":false}""", session.Call("delete_book", """{"book_id":"b1"}""").Content);
    }

    [Fact]
    public void Call_UnknownTool_IsAToolError() => Assert.Equal("unknown_tool", Open().Call("read_mind").ErrorCode);

    private EnvironmentSession Open(params (string Name, string Program)[] extra) =>
        engine.Open(LoadedEnvironment.Load(Library.Package(3, extra)), new Seed("1/test"));
}
