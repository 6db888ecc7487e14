using AgentScaler.Core.Tests.Models;
using AgentScaler.Episodes;
using AgentScaler.Episodes.Modelled;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Modelled;
using AgentScaler.Json;
using AgentScaler.Models;

namespace AgentScaler.Core.Tests.Episodes.Modelled;

/// <summary>Episodes whose agent is a model that does not do what it should.</summary>
public sealed class ModelAgentTests : IDisposable
{
    private readonly LibraryRollouts library = new();

    public void Dispose() => library.Dispose();

    [Theory]
    [InlineData("""{"book_id":""", "not valid JSON at line 1")]
    [InlineData("""{"book_id":"a","book_id":"b"}""", "not valid JSON")]
    [InlineData("""{"book_id":"\ud83d"}""", "half of a surrogate pair")]
    [InlineData("[1]", "of the kind array")]
    [InlineData("get_book", "not valid JSON")]
    public void Run_ArgumentsThatAreNone_GetAPreciseToolErrorAndTheEpisodeGoesOn(string arguments, string said)
    {
        var episode = library.Run(library.Reading, 0, Cast(
            () => new ModelReply { Calls = [new ModelToolCall("1", "get_book", arguments)], Finish = "tool_calls", Usage = ModelUsage.None },
            Answers.Text("I could not find it.")));

        Assert.Equal(Termination.UserStop, episode.Termination);
        var call = episode.Calls[0];
        Assert.Equal(("get_book", "malformed_arguments"), (call.Tool, call.ErrorCode));
        Assert.Contains(said, call.Result, StringComparison.Ordinal);
        Assert.Contains(arguments, JsonText.Of(call.Arguments), StringComparison.Ordinal);
        Assert.NotEmpty(CanonicalJson.Serialize(episode));
        Assert.Equal((FunnelReasons.MalformedCall, Attribution.Agent), (library.Judge(episode).Reason, library.Judge(episode).Attribution));
        Assert.Empty(EpisodeReplay.Run(episode, library.Reading, library.Environment, library.Engine));
    }

    [Theory]
    [InlineData("length", "cut off")]
    [InlineData("content_filter", "content filter")]
    [InlineData("stop", "empty")]
    public void Run_NoReplyThatCanBeUsed_EndsTheEpisodeAndSaysWhy(string finish, string said)
    {
        var episode = library.Run(library.Reading, 0, Cast(Answers.Text(finish == "stop" ? " " : "half a", finish)));

        Assert.Equal(Termination.AgentFailed, episode.Termination);
        Assert.Contains(said, episode.Failure, StringComparison.Ordinal);
        Assert.Equal(3, episode.Usage!.Agent.Requests);
        Assert.Equal(FunnelReasons.NoReply, library.Judge(episode).Reason);
    }

    [Fact]
    public void Run_RequestThatTheEndpointRefuses_EndsTheEpisodeWithoutItsAddress()
    {
        var episode = library.Run(library.Reading, 0, Cast(() => throw new ModelException(ModelFault.Rejected, "agent m at http://10.0.0.7/v1: HTTP 400: too long")));

        Assert.Equal((Termination.AgentFailed, "agent m: the endpoint refuses the request"), (episode.Termination, episode.Failure));
    }

    [Fact]
    public async Task Review_JudgeThatIsRefusedOrSaysNothing_ChangesNothing()
    {
        var episode = library.Clean(library.Writing);
        var verdict = new Verdict(episode.Id, false, FunnelStage.StateAlignment, FunnelReasons.StateDiffers, Attribution.Agent, "differs");
        foreach (var answer in new[] { Answers.Fault(ModelFault.Rejected), Answers.Text(null), Answers.Text("""{"fault":"invented","message":99,"reason":"x"}""") })
        {
            var judge = new UserJudge(new RoleModel(ModelRole.Judge, new ModelSettings { Model = "j" }, new Answers(answer)));
            Assert.Equal(verdict, await judge.ReviewAsync(episode, library.Writing, verdict, CancellationToken.None));
        }

        var blaming = new UserJudge(new RoleModel(ModelRole.Judge, new ModelSettings { Model = "j" }, new Answers(Answers.Text("""{"fault":"invented","message":1,"reason":"No such loan."}"""))));
        var reviewed = await blaming.ReviewAsync(episode, library.Writing, verdict, CancellationToken.None);
        Assert.Equal((false, FunnelReasons.UserFault, Attribution.User), (reviewed.Kept, reviewed.Reason, reviewed.Attribution));
    }

    private ModelCast Cast(params Func<ModelReply>[] replies) => new(
        library.Engine, library.Environment, new EpisodeSettings(), new RoleModel(ModelRole.Agent, new ModelSettings { Model = "m" }, new Answers(replies)), null);
}
