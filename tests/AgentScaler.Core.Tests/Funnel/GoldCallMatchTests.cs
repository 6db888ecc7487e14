using AgentScaler.Core.Tests.Environments;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Funnel;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Funnel;

public sealed class GoldCallMatchTests
{
    private const string Timeout = """{"error":{"code":"timeout","message":"not in time"}}""";

    /// <summary>Letters are calls of one tool with other arguments, in lower case where they fail for no fault of theirs; L is a call of another tool, W a write.</summary>
    [Theory]
    [InlineData("abAB", "AB")]
    [InlineData("abBA", "AB")]
    [InlineData("aLbAB", "ALB")]
    [InlineData("abcACB", "ABC")]
    [InlineData("abB", "B")]
    [InlineData("aLwAW", "ALW")]
    [InlineData("wLW", "LW")]
    [InlineData("aabAB", "AB")]
    [InlineData("aAA", "AA")]
    public void Check_CallsMadeAgainAfterAFailure_StandWhereTheyWereFirstMade(string calls, string gold)
    {
        var transcript = new Transcript().User("Go on.");
        foreach (var call in calls)
        {
            var (tool, arguments) = Of(char.ToUpperInvariant(call));
            transcript = char.IsLower(call) ? transcript.Call(tool, arguments, Timeout, 0, "timeout") : transcript.Call(tool, arguments, "{}", call == 'W' ? 1 : 0);
        }

        var episode = transcript.Agent("Done.").End("task", "same") with { ToolFault = new ToolFault(ToolFaultKind.Timeout, calls[0] == 'w' ? "update_book" : "get_book", 0) };
        var task = new TaskSpec
        {
            Id = "task",
            Environment = "env-library",
            Seed = "1",
            InitialChanges = [],
            Requests = [new UserRequest("Go on.", 0, gold.Length, [])],
            Gold = [.. gold.Select(call => new GoldCall(Of(call).Tool, LibraryEnvironment.Json(Of(call).Arguments), [], call == 'W', "{}"))],
            InitialHash = "same",
            GoldHash = "same",
        };

        Assert.Null(GoldCallMatch.Check(episode, task, LibraryEnvironment.Package(), MatchMode.Strict));
        var other = task with { Gold = [.. task.Gold, task.Gold[0] with { Arguments = LibraryEnvironment.Json("""{"book_id":"other"}""") }] };
        Assert.Equal(FunnelReasons.MissingCall, GoldCallMatch.Check(episode, other, LibraryEnvironment.Package(), MatchMode.Strict)?.Reason);
    }

    private static (string Tool, string Arguments) Of(char call) => call switch
    {
        'L' => ("list_books", "{}"),
        'W' => ("update_book", """{"book_id":"book-101","pages":1}"""),
        _ => ("get_book", $$"""{"book_id":"{{call}}"}"""),
    };
}
