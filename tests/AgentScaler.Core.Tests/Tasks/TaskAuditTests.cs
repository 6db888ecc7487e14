using AgentScaler.Core.Tests.Environments;
using AgentScaler.Funnel;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Tasks;

public sealed class TaskAuditTests : LibraryTaskTests
{
    [Fact]
    public void Check_SoundTasks_FindsNothing() =>
        Assert.All(Tasks, task => Assert.Null(Check(task)));

    [Fact]
    public void Check_WrongGoldHash_IsFound() => Assert.Equal("gold.does-not-replay", Check(Writing with { GoldHash = new string('0', 64) }));

    [Fact]
    public void Check_OtherResult_IsFound() =>
        Assert.Equal("gold.does-not-replay", Check(Writing with { Gold = [Writing.Gold[0] with { Result = "{}" }, .. Writing.Gold.Skip(1)] }));

    [Fact]
    public void Check_HiddenFact_IsFound() => Assert.Equal("intent.hides-fact", Check(Say(0, "Please set the number of pages of the book \"Dune\".")));

    [Fact]
    public void Check_GivenAwayValue_IsFound() => Assert.Equal("intent.gives-away", Check(Say(1, "Then lend book-101 to Ann Berg.")));

    [Fact]
    public void Check_NamedTool_IsFound() => Assert.Equal("intent.names-tool", Check(Say(1, "Then call create_loan for Ann Berg.")));

    [Fact]
    public void Check_AnswerInTheQuestion_IsFound()
    {
        var reading = Reading;
        var asked = reading.Requests[0] with { Text = "Did Jane Austen write \"Emma\", and how many pages does it have?" };

        Assert.Equal("intent.gives-away", Check(reading with { Requests = [asked, .. reading.Requests.Skip(1)] }));
    }

    [Fact]
    public void Check_WriteThatALaterOneOverwrites_IsFound()
    {
        var session = Engine.Open(Library, new AgentScaler.Determinism.Seed(Writing.Seed));
        var gold = new List<GoldCall>();
        foreach (var pages in new[] { 10, 20 })
        {
            var arguments = LibraryEnvironment.Json($$"""{"book_id":"book-101","pages":{{pages}}}""");
            gold.Add(new GoldCall("update_book", arguments, [new("book_id", OriginKind.User), new("pages", OriginKind.User)], true, session.Call("update_book", arguments).Content));
        }

        var task = Writing with
        {
            Gold = gold,
            GoldHash = session.StateHash,
            Requests = [new("Set the pages of book-101 to 10.", 0, 1, []), new("No, set them to 20.", 1, 1, [])],
        };

        Assert.Equal("mutation.drop-passes", Check(task));
    }

    [Fact]
    public void Check_ReadOnlyTaskThatAsksNothing_IsFound()
    {
        var reading = Reading;

        Assert.Equal("gold.proves-nothing", Check(reading with { Requests = [.. reading.Requests.Select(request => request with { RequiredOutputs = [] })] }));
    }

    private string? Check(TaskSpec task) => new TaskAudit(Engine, Library, new OutcomeJudge()).Check(task).Reason;

    private TaskSpec Say(int request, string text) =>
        Writing with { Requests = [.. Writing.Requests.Select((said, i) => i == request ? said with { Text = text } : said)] };
}
