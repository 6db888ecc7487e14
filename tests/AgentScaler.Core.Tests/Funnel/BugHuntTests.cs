using System.Text.Json;
using AgentScaler.Campaigns.Rescoring;
using AgentScaler.Core.Tests.Episodes;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Funnel;

/// <summary>Broken behaviours, each injected into episodes that are good without it: which stage stops it, with which reason, and whose fault it is.</summary>
public sealed class BugHuntTests(LibraryRollouts library) : IClassFixture<LibraryRollouts>
{
    private const string Dune = """{"query":"Dune"}""";
    private const string Pages = """{"book_id":"book-101","pages":620}""";
    private const string Loan = """{"book_id":"book-101","member":"Ann Berg"}""";
    private const string Emma = """{"query":"Emma"}""";
    private const string Found = """{"book_id":"book-102"}""";
    private const string Austen = """{"author":"Jane Austen"}""";

    private LibraryRollouts Library => library;

    public static TheoryData<string> Bugs => [.. Hunt.Keys.Order(StringComparer.Ordinal)];

    private static IReadOnlyDictionary<string, (Func<BugHuntTests, (EpisodeRecord Episode, TaskSpec Task)> Make, FunnelStage Stage, string Reason, Attribution Fault)> Hunt { get; } =
        new Dictionary<string, (Func<BugHuntTests, (EpisodeRecord, TaskSpec)>, FunnelStage, string, Attribution)>(StringComparer.Ordinal)
        {
            // What the user's simulator can do wrong.
            ["user leaks a gold value"] = (hunt => hunt.Written(said: "Please set the number of pages of the book \"Dune\", that is book-101, to 620."), FunnelStage.Validity, FunnelReasons.UserLeakedValue, Attribution.User),
            ["user invents a fact"] = (hunt => hunt.Written(said: "Please set the number of pages of the book \"Dune\" to 999.", pages: 999), FunnelStage.Validity, FunnelReasons.UserInventedFact, Attribution.User),
            ["user stops early"] = (hunt => (hunt.Writing().User(hunt.Library.Writing.Requests[0].Text).Call("search_books", Dune).Call("update_book", Pages).Agent("Done.").End(), hunt.Library.Writing),
                FunnelStage.Validity, FunnelReasons.StoppedEarly, Attribution.User),
            ["user stops instead of answering"] = (hunt => hunt.Cleared(asks: true, answer: null), FunnelStage.Validity, FunnelReasons.StoppedEarly, Attribution.User),
            ["user says the stop marker in mid-talk"] = (hunt => hunt.Written(said: hunt.Library.Writing.Requests[0].Text + " ###STOP###"), FunnelStage.Validity, FunnelReasons.LeakedMarkup, Attribution.User),
            ["user speaks twice"] = (hunt => hunt.Broken(messages => [.. messages.Take(2), new EpisodeMessage("user", "Hello?"), .. messages.Skip(2)]), FunnelStage.Validity, FunnelReasons.MalformedRoles, Attribution.User),
            ["user's model has no reply"] = (hunt => (hunt.Good().Episode with { Termination = Termination.UserFailed }, hunt.Library.Writing), FunnelStage.Validity, FunnelReasons.NoReply, Attribution.User),

            // What the task can do wrong.
            ["task's words give a value away"] = (hunt => hunt.TaskLeaks(), FunnelStage.Validity, FunnelReasons.TaskLeakedValue, Attribution.Task),
            ["system message twice"] = (hunt => hunt.Broken(messages => [messages[0], .. messages]), FunnelStage.Validity, FunnelReasons.MalformedRoles, Attribution.Task),
            ["no system message"] = (hunt => hunt.Broken(messages => [.. messages.Skip(1)]), FunnelStage.Validity, FunnelReasons.MalformedRoles, Attribution.Task),

            // What tools, records and packages can do wrong.
            ["tool result forged in transcript and record"] = (hunt => hunt.Forged(1, call => call with { Result = call.Result.Replace("620", "621", StringComparison.Ordinal) }), FunnelStage.Validity, FunnelReasons.ReplayDiffers, Attribution.Tool),
            ["tool result forged in the transcript"] = (hunt => hunt.Broken(messages => [.. messages.Select(message => message is { Role: "tool", Name: "update_book" } ? message with { Content = "{}" } : message)]),
                FunnelStage.Validity, FunnelReasons.RecordDiffers, Attribution.Tool),
            ["error told as success"] = (hunt => hunt.UnknownToolSucceeds(), FunnelStage.Validity, FunnelReasons.ReplayDiffers, Attribution.Tool),
            ["write hidden from the record"] = (hunt => hunt.Forged(1, call => call with { RowsChanged = 0 }), FunnelStage.Validity, FunnelReasons.ReplayDiffers, Attribution.Tool),
            ["state hash on the way changed"] = (hunt => hunt.Forged(1, call => call with { StateHash = new string('0', 64) }), FunnelStage.Validity, FunnelReasons.ReplayDiffers, Attribution.Tool),
            ["final hash says gold's"] = (hunt => (hunt.Dropped().Episode with { FinalHash = hunt.Library.Writing.GoldHash }, hunt.Library.Writing), FunnelStage.Validity, FunnelReasons.ReplayDiffers, Attribution.Tool),
            ["arguments tampered with in transcript and record"] = (hunt => hunt.Retold(), FunnelStage.Validity, FunnelReasons.ReplayDiffers, Attribution.Tool),
            ["arguments tampered with in the record"] = (hunt => (hunt.Good().Episode with
            {
                Calls = [.. hunt.Good().Episode.Calls.Select(call => call.Tool == "update_book" ? call with { Arguments = JsonElement.Parse("""{"book_id":"book-102","pages":620}""") } : call)],
            }, hunt.Library.Writing), FunnelStage.Validity, FunnelReasons.RecordDiffers, Attribution.Tool),
            ["ids of two results swapped"] = (hunt => hunt.Swapped("search_books", "list_books"), FunnelStage.Validity, FunnelReasons.OrphanResult, Attribution.Tool),
            ["results of two calls of one tool swapped"] = (hunt => hunt.Swapped("search_books", "search_books"), FunnelStage.Validity, FunnelReasons.RecordDiffers, Attribution.Tool),
            ["result missing"] = (hunt => hunt.Broken(messages => [.. messages.Where(message => message is not { Role: "tool", Name: "update_book" })]), FunnelStage.Validity, FunnelReasons.UnansweredCall, Attribution.Tool),
            ["result without a call"] = (hunt => hunt.Broken(messages => [.. messages.Take(2), new EpisodeMessage("tool", "{}", ToolCallId: "call-9", Name: "get_book"), .. messages.Skip(2)]),
                FunnelStage.Validity, FunnelReasons.OrphanResult, Attribution.Tool),
            ["last call never answered"] = (hunt => hunt.Broken(messages => [.. messages.SkipLast(3), messages[^3] with { Role = "assistant", Content = null, ToolCalls = [new("call-9", "get_book", JsonElement.Parse("{}"))], ToolCallId = null, Name = null }]),
                FunnelStage.Validity, FunnelReasons.UnansweredCall, Attribution.Tool),
            ["call id used again later"] = (hunt => hunt.IdAgain(), FunnelStage.Validity, FunnelReasons.RecordDiffers, Attribution.Tool),
            ["policy edited"] = (hunt => hunt.Broken(messages => [messages[0] with { Content = messages[0].Content + "Never ask." }, .. messages.Skip(1)]), FunnelStage.Validity, FunnelReasons.PolicyDiffers, Attribution.Tool),
            ["runtime's limit hit every time"] = (hunt => (hunt.Good().Episode with { Termination = Termination.Aborted, Calls = [], Messages = [hunt.Good().Episode.Messages[0]] }, hunt.Library.Writing),
                FunnelStage.Validity, FunnelReasons.Truncated, Attribution.Tool),

            // What the agent can do wrong.
            ["reasoning repeated"] = (hunt => hunt.Written(reasoning: string.Concat(Enumerable.Repeat("wait, let me think about which book it was again. ", 6))), FunnelStage.Validity, FunnelReasons.RepeatedPhrases, Attribution.Agent),
            ["same call over and over"] = (hunt => hunt.Read(reads: 4), FunnelStage.Validity, FunnelReasons.RepeatedCall, Attribution.Agent),
            ["thought leaks into the answer"] = (hunt => hunt.Written(answer: "<think>The user wants it done.</think>Done."), FunnelStage.Validity, FunnelReasons.LeakedMarkup, Attribution.Agent),
            ["agent says the stop marker"] = (hunt => hunt.Written(answer: "Done. ###STOP###"), FunnelStage.Validity, FunnelReasons.LeakedMarkup, Attribution.Agent),
            ["episode truncated"] = (hunt => (hunt.Writing().User(hunt.Library.Writing.Requests[0].Text).Call("search_books", Dune).End(Termination.MaximumSteps), hunt.Library.Writing), FunnelStage.Validity, FunnelReasons.Truncated, Attribution.Agent),
            ["too many tool errors"] = (hunt => (hunt.Good().Episode with { Termination = Termination.ToolErrors }, hunt.Library.Writing), FunnelStage.Validity, FunnelReasons.Truncated, Attribution.Agent),
            ["answer of spaces"] = (hunt => hunt.Written(answer: "  "), FunnelStage.Validity, FunnelReasons.EmptyMessage, Attribution.Agent),
            ["arguments that are no object"] = (hunt => hunt.Broken(messages => [.. messages.Select(message => message.ToolCalls is [{ Name: "update_book" } call] ? message with { ToolCalls = [call with { Arguments = JsonElement.Parse("\"pages: 620\"") }] } : message)]),
                FunnelStage.Validity, FunnelReasons.MalformedCall, Attribution.Agent),
            ["call id twice in a message"] = (hunt => hunt.Broken(messages => [.. messages.Select(message => message.ToolCalls is [{ Name: "update_book" } call] ? message with { ToolCalls = [call, call] } : message)]),
                FunnelStage.Validity, FunnelReasons.MalformedRoles, Attribution.Agent),
            ["confirmation skipped"] = (hunt => hunt.Cleared(asks: false, answer: null), FunnelStage.Validity, FunnelReasons.Unconfirmed, Attribution.Agent),
            ["done against the user's word"] = (hunt => hunt.Cleared(asks: true, answer: "No, don't."), FunnelStage.Validity, FunnelReasons.Unconfirmed, Attribution.Agent),
            ["write dropped"] = (hunt => hunt.Dropped(), FunnelStage.StateAlignment, FunnelReasons.StateDiffers, Attribution.Agent),
            ["write too many"] = (hunt => hunt.Written(extra: ("update_book", """{"book_id":"book-105","pages":1}""")), FunnelStage.StateAlignment, FunnelReasons.StateDiffers, Attribution.Agent),
            ["write doubled"] = (hunt => hunt.Written(extra: ("create_loan", Loan)), FunnelStage.StateAlignment, FunnelReasons.StateDiffers, Attribution.Agent),
            ["wrong amount"] = (hunt => hunt.Written(pages: 621), FunnelStage.StateAlignment, FunnelReasons.StateDiffers, Attribution.Agent),
            ["wrong row"] = (hunt => hunt.Written(book: "book-102"), FunnelStage.StateAlignment, FunnelReasons.StateDiffers, Attribution.Agent),
            ["write undone where nothing was to change"] = (hunt => hunt.Read(extra: [("update_book", """{"book_id":"book-102","pages":1}"""), ("update_book", """{"book_id":"book-102","pages":474}""")]),
                FunnelStage.ExactMatch, FunnelReasons.ExtraWrite, Attribution.Agent),
            ["answer without a call"] = (hunt => hunt.Read(reads: 0, first: false), FunnelStage.ExactMatch, FunnelReasons.NoCalls, Attribution.Agent),
            ["call left out"] = (hunt => hunt.Read(first: false), FunnelStage.ExactMatch, FunnelReasons.MissingCall, Attribution.Agent),
            ["output never told"] = (hunt => hunt.Read(answer: "Jane Austen wrote it."), FunnelStage.ExactMatch, FunnelReasons.MissingOutput, Attribution.Agent),
        };

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Judge_InjectedBug_IsCaughtWhereItShouldBeAndBlamedOnWhoDidIt(string bug)
    {
        var (make, stage, reason, fault) = Hunt[bug];
        var (episode, task) = make(this);
        var verdict = Judge(episode, task);
        Assert.True((verdict.Kept, verdict.Stage, verdict.Reason, verdict.Attribution) == (false, stage, reason, fault), $"expected {stage} {reason} {fault}, found {verdict}");
        Assert.False(string.IsNullOrWhiteSpace(verdict.Detail));
    }

    [Fact]
    public void Judge_TheSameEpisodesWithoutABug_AreKept()
    {
        Assert.True(Hunt.Count >= 20);
        foreach (var (episode, task) in new[] { Good(), Read(), Cleared(asks: true, answer: "Yes, please do.") })
        {
            var verdict = Judge(episode, task);
            Assert.True(verdict.Kept, $"{task.Id}: {verdict}");
        }
    }

    /// <summary>What gold itself gets wrong no episode can show: the task's audit stops it before, and judging again where the package changed since.</summary>
    [Fact]
    public void Check_WrongGold_IsCaughtByTheTasksAudit()
    {
        var task = Library.Writing;
        var wrong = task with { Gold = [task.Gold[0], task.Gold[1] with { Arguments = JsonElement.Parse("""{"book_id":"book-101","pages":621}""") }, .. task.Gold.Skip(2)] };
        Assert.NotNull(new TaskAudit(Library.Engine, Library.Environment, new OutcomeJudge()).Check(wrong).Reason);
        Assert.Contains("gold", TaskProof.Fault(wrong, Library.Environment, Library.Engine), StringComparison.Ordinal);
        Assert.Null(TaskProof.Fault(task, Library.Environment, Library.Engine));
    }

    [Fact]
    public void Check_EditedPackage_IsCaughtByItsTasksAndItsEpisodes()
    {
        var package = Library.Environment.Package;
        var edited = LoadedEnvironment.Load(package with
        {
            Tools = [.. package.Tools.Select(tool => tool.Name == "update_book" ? tool with { Program = tool.Program.Replace("patch.pages = args.pages", "patch.pages = args.pages + 1", StringComparison.Ordinal) } : tool)],
        });
        Assert.Contains("the package changed since", TaskProof.Fault(Library.Writing, edited, Library.Engine), StringComparison.Ordinal);
        Assert.Contains("no tool update_book", TaskProof.Fault(Library.Writing, LoadedEnvironment.Load(package with { Tools = [.. package.Tools.Where(tool => tool.Name != "update_book")] }), Library.Engine), StringComparison.Ordinal);
        var verdict = EpisodeFunnel.Judge(Good().Episode, Library.Writing, edited.Package, new FunnelSettings(), new ReplayCheck(Library.Engine, edited));
        Assert.Equal((FunnelReasons.ReplayDiffers, Attribution.Tool), (verdict.Reason, verdict.Attribution));
    }

    [Fact]
    public void Judge_WithoutReplay_BelievesTheRecord()
    {
        var (episode, task) = Forged(1, call => call with { StateHash = new string('0', 64) });
        Assert.True(EpisodeFunnel.Judge(episode, task, Library.Environment.Package, new FunnelSettings { Replay = false }, new ReplayCheck(Library.Engine, Library.Environment)).Kept);
    }

    private Verdict Judge(EpisodeRecord episode, TaskSpec task) =>
        EpisodeFunnel.Judge(episode, task, Library.Environment.Package, new FunnelSettings(), new ReplayCheck(Library.Engine, Library.Environment));

    private LiveTranscript Writing() => new(Library.Engine, Library.Environment, Library.Writing);

    private (EpisodeRecord Episode, TaskSpec Task) Good() => Written();

    private (EpisodeRecord Episode, TaskSpec Task) Written(
        string? said = null, int pages = 620, string book = "book-101", string answer = "Done.", string? reasoning = null, (string Tool, string Arguments)? extra = null)
    {
        var live = Writing().User(said ?? Library.Writing.Requests[0].Text).Call("search_books", Dune).Call("update_book", $$"""{"book_id":"{{book}}","pages":{{pages}}}""").Agent(answer, reasoning)
            .User(Library.Writing.Requests[1].Text).Call("create_loan", Loan);
        return ((extra is { } more ? live.Call(more.Tool, more.Arguments) : live).Agent("Lent.").End(), Library.Writing);
    }

    private (EpisodeRecord Episode, TaskSpec Task) Dropped() =>
        (Writing().User(Library.Writing.Requests[0].Text).Call("search_books", Dune).Agent("Done.").User(Library.Writing.Requests[1].Text).Call("create_loan", Loan).Agent("Lent.").End(), Library.Writing);

    private (EpisodeRecord Episode, TaskSpec Task) Read(int reads = 1, bool first = true, string answer = "Jane Austen wrote it; it has 474 pages.", IReadOnlyList<(string Tool, string Arguments)>? extra = null)
    {
        var live = new LiveTranscript(Library.Engine, Library.Environment, Library.Reading).User(Library.Reading.Requests[0].Text);
        live = first ? live.Call("search_books", Emma) : live;
        for (var i = 0; i < reads; i++)
        {
            live.Call("get_book", Found);
        }

        foreach (var (tool, arguments) in extra ?? [])
        {
            live.Call(tool, arguments);
        }

        live.Agent(answer).User(Library.Reading.Requests[1].Text);
        live = reads == 0 ? live : live.Call("list_books", Austen);
        return (live.Agent("Emma and Persuasion.").End(), Library.Reading);
    }

    /// <param name="answer">What the user says to the question; null to stop there, or, where nobody asks, to say nothing.</param>
    private (EpisodeRecord Episode, TaskSpec Task) Cleared(bool asks, string? answer)
    {
        var task = Library.Clearing;
        var live = new LiveTranscript(Library.Engine, Library.Environment, task).User(task.Requests[0].Text).Call("search_books", """{"query":"Persuasion"}""")
            .Call("update_book", """{"book_id":"book-103","pages":250}""").Agent("Done.").User(task.Requests[1].Text);
        if (asks)
        {
            live.Agent("I will remove the loan loan-901 and mark the book Persuasion (book-103) as lost. Shall I go ahead?");
            if (answer is null)
            {
                return (live.End(), task);
            }

            live.User(answer);
        }

        return (live.Call("delete_loan", """{"loan_id":"loan-901"}""").Call("mark_book_lost", """{"book_id":"book-103"}""").Agent("Both are done.").End(), task);
    }

    private (EpisodeRecord Episode, TaskSpec Task) TaskLeaks()
    {
        var task = Library.Writing with { Requests = [Library.Writing.Requests[0] with { Text = "Set the pages of book-101, \"Dune\", to 620." }, Library.Writing.Requests[1]] };
        return (Written(said: task.Requests[0].Text).Episode, task);
    }

    private (EpisodeRecord Episode, TaskSpec Task) Broken(Func<IReadOnlyList<EpisodeMessage>, IReadOnlyList<EpisodeMessage>> breakIt)
    {
        var (episode, task) = Good();
        return (episode with { Messages = breakIt(episode.Messages) }, task);
    }

    /// <summary>A call changed in the record and, as far as it is there, in the transcript.</summary>
    private (EpisodeRecord Episode, TaskSpec Task) Forged(int index, Func<RecordedCall, RecordedCall> forge)
    {
        var (episode, task) = Good();
        var call = forge(episode.Calls[index]);
        return (episode with
        {
            Calls = [.. episode.Calls.Take(index), call, .. episode.Calls.Skip(index + 1)],
            Messages = [.. episode.Messages.Select(message => message.ToolCallId == call.Id ? message with { Content = call.Result, Name = call.Tool }
                : message.ToolCalls is [var made] && made.Id == call.Id ? message with { ToolCalls = [new(call.Id, call.Tool, call.Arguments)] } : message)],
        }, task);
    }

    private (EpisodeRecord Episode, TaskSpec Task) Retold() => Forged(1, call => call with { Arguments = JsonElement.Parse("""{"book_id":"book-101","pages":630}""") });

    private (EpisodeRecord Episode, TaskSpec Task) UnknownToolSucceeds()
    {
        var (episode, task) = Written(extra: ("burn_book", """{"book_id":"book-105"}"""));
        Assert.True(episode.Calls[3].IsError);
        const string Result = """{"burnt":true}""";
        return (episode with
        {
            Calls = [.. episode.Calls.Take(3), episode.Calls[3] with { IsError = false, ErrorCode = null, Result = Result }],
            Messages = [.. episode.Messages.Select(message => message.ToolCallId == episode.Calls[3].Id ? message with { Content = Result } : message)],
        }, task);
    }

    /// <summary>Two calls side by side, whose answers change places.</summary>
    private (EpisodeRecord Episode, TaskSpec Task) Swapped(string first, string second)
    {
        var other = second == "search_books" ? Emma : "{}";
        var episode = Writing().User(Library.Writing.Requests[0].Text).Calls((first, Dune), (second, other)).Call("update_book", Pages).Agent("Done.")
            .User(Library.Writing.Requests[1].Text).Call("create_loan", Loan).Agent("Lent.").End();
        Assert.True(Judge(episode, Library.Writing).Kept);
        var (left, right) = (episode.Messages[3], episode.Messages[4]);
        return (episode with { Messages = [.. episode.Messages.Take(3), left with { ToolCallId = right.ToolCallId }, right with { ToolCallId = left.ToolCallId }, .. episode.Messages.Skip(5)] }, Library.Writing);
    }

    private (EpisodeRecord Episode, TaskSpec Task) IdAgain()
    {
        var (episode, task) = Good();
        var (old, again) = (episode.Calls[1].Id, episode.Calls[0].Id);
        return (episode with
        {
            Calls = [.. episode.Calls.Select(call => call.Id == old ? call with { Id = again } : call)],
            Messages = [.. episode.Messages.Select(message => message.ToolCallId == old ? message with { ToolCallId = again }
                : message.ToolCalls is [var made] && made.Id == old ? message with { ToolCalls = [made with { Id = again }] } : message)],
        }, task);
    }
}
