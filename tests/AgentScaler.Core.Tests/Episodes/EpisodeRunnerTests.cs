using AgentScaler.Core.Tests.Environments;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Episodes;

public sealed class EpisodeRunnerTests(LibraryRollouts library) : IClassFixture<LibraryRollouts>
{
    private static readonly AgentCall GoodCall = new("get_book", LibraryEnvironment.Json("""{"book_id":"book-101"}"""));
    private static readonly AgentCall BadCall = new("get_book", LibraryEnvironment.Json("""{"book_id":"nothing"}"""));

    [Theory]
    [InlineData("###STOP###")]
    [InlineData("Bye. ###TRANSFER###")]
    [InlineData("###OUT-OF-SCOPE###")]
    public void RunAsync_UserSaysAMarker_EndsWithItsWords(string last)
    {
        var episode = library.Run(library.Writing, 0, new FixedCast(["Hello", last], _ => new AgentTurn("Hi", [])));
        Assert.Equal(Termination.UserStop, episode.Termination);
        Assert.Equal(["system", "user", "assistant", "user"], episode.Messages.Select(message => message.Role));
        Assert.Equal(last, episode.Messages[^1].Content);
        Assert.Equal(library.Environment.Package.Policy, episode.Messages[0].Content);
    }

    [Fact]
    public void RunAsync_AgentNeverAnswers_EndsAfterTheSteps()
    {
        var episode = library.Run(library.Writing, 0, new FixedCast(["Hello"], _ => new AgentTurn(null, [GoodCall])), new EpisodeSettings { MaximumSteps = 7 });
        Assert.Equal(Termination.MaximumSteps, episode.Termination);
        Assert.Equal(7, episode.Calls.Count);
    }

    [Fact]
    public void RunAsync_ErrorsInARow_EndAtTheLimitAndASuccessResetsThem()
    {
        var settings = new EpisodeSettings { MaximumToolErrors = 3, MaximumSteps = 50 };
        var episode = library.Run(
            library.Writing, 0, new FixedCast(["Hello"], step => new AgentTurn(null, [step == 2 ? GoodCall : BadCall])), settings);
        Assert.Equal(Termination.ToolErrors, episode.Termination);
        Assert.Equal(6, episode.Calls.Count);
        Assert.Equal("not_found", episode.Calls[0].ErrorCode);
    }

    [Fact]
    public void RunAsync_SeveralCallsInOneMessage_AreAnsweredInOrder()
    {
        var episode = library.Run(
            library.Writing, 0, new FixedCast(["Hello", "###STOP###"], step => step == 0 ? new AgentTurn("Looking.", [GoodCall, BadCall]) : new AgentTurn("Done.", [])));
        Assert.Equal(["system", "user", "assistant", "tool", "tool", "assistant", "user"], episode.Messages.Select(message => message.Role));
        Assert.Equal(episode.Messages[2].ToolCalls!.Select(call => call.Id), episode.Messages.Where(message => message.Role == "tool").Select(message => message.ToolCallId));
        Assert.Equal(2, episode.Messages[2].ToolCalls!.Select(call => call.Id).Distinct().Count());
    }

    [Fact]
    public void RunAsync_UserNeverSeesCallsResultsOrPolicy()
    {
        var cast = new FixedCast(["Hello", "###STOP###"], step => step == 0 ? new AgentTurn("Looking.", [GoodCall]) : new AgentTurn("Done.", []));
        library.Run(library.Writing, 0, cast);
        Assert.Equal(["Hello", "Looking.", "Done."], cast.Seen!.Select(message => message.Content));
        Assert.All(cast.Seen!, message => Assert.Null(message.ToolCalls));
    }

    [Fact]
    public async Task RunAsync_LimitHitAtEveryAttempt_IsAbortedAfterThree()
    {
        var endless = LibraryEnvironment.Tool(
            "spin", false, """{"type":"object"}""", "function spin(db, args, env) { for (;;) {} }", new ToolBinding { Kind = OperationKind.Other, Collection = "books" });
        using var engine = new EnvironmentEngine(new EngineOptions { CallTimeout = TimeSpan.FromMilliseconds(50) }, LibraryEnvironment.Clock);
        var environment = LoadedEnvironment.Load(LibraryEnvironment.Package(endless));
        var cast = new FixedCast(["Hello"], _ => new AgentTurn(null, [new AgentCall("spin", LibraryEnvironment.Json("{}"))]));
        var task = library.Writing;
        var episode = await new EpisodeRunner(engine, environment, new EpisodeSettings())
            .RunAsync(task, 0, new Seed("test"), cast, CancellationToken.None);
        Assert.Equal(Termination.Aborted, episode.Termination);
        Assert.Equal(3, cast.Entered);
        Assert.Empty(episode.Calls);
        Assert.Equal("system", Assert.Single(episode.Messages).Role);
    }

    private sealed class FixedCast(IReadOnlyList<string> utterances, Func<int, AgentTurn> act) : ICast
    {
        public string Generator => "fixed";

        public int Entered { get; private set; }

        public IReadOnlyList<EpisodeMessage>? Seen { get; private set; }

        public EpisodeParties Enter(TaskSpec task, int trial, Seed seed)
        {
            Entered++;
            return new EpisodeParties(new User(this, utterances), new Agent(act), new FaultLog());
        }

        private sealed class User(FixedCast cast, IReadOnlyList<string> utterances) : IUser
        {
            private int next;

            public ValueTask<UserTurn> SpeakAsync(IReadOnlyList<EpisodeMessage> conversation, CancellationToken cancellationToken)
            {
                cast.Seen = [.. conversation];
                return ValueTask.FromResult(new UserTurn(utterances[next++]));
            }
        }

        private sealed class Agent(Func<int, AgentTurn> act) : IAgent
        {
            private int step;

            public ValueTask<AgentTurn> ActAsync(IReadOnlyList<EpisodeMessage> transcript, CancellationToken cancellationToken) =>
                ValueTask.FromResult(act(step++));
        }
    }
}
