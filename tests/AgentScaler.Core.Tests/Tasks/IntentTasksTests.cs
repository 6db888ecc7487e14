using System.Text.Json;
using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Funnel;
using AgentScaler.Json;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Tasks;

/// <summary>Intents that a person gives with a package: the words are kept, and what is wrong is named with its place.</summary>
public sealed class IntentTasksTests : IDisposable
{
    private const string Good =
        """
        {"requests":[
          {"text":"My loan of Persuasion by Jane Austen should have ended: remove it, I am Bo Lind.","calls":[
            {"tool":"list_books","arguments":{"author":"Jane Austen"}},
            {"tool":"delete_loan","arguments":{"loan_id":"loan-901"}}]}]}
        """;

    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Build_GivenIntents_ComeFirstWithTheirWordsAndAreProven()
    {
        var build = Build(
            """{"requests":[{"text":"Which book is book-104, please?","calls":[{"tool":"get_book","arguments":{"book_id":"book-104"}}],"tell":["title"]}]}""",
            """{"requests":[{"text":"Change the book called Dune: it has 620 pages.","calls":[{"tool":"search_books","arguments":{"query":"Dune"}},{"tool":"update_book","arguments":{"book_id":"book-101","pages":620}}]}]}""");

        Assert.All(build.Report.Intents, intent => Assert.Null(intent.Reason));
        Assert.Equal(["Which book is book-104, please?", "Change the book called Dune: it has 620 pages."], build.Tasks.Take(2).Select(task => task.Requests[0].Text));
        Assert.Equal(build.Report.Intents.Select(intent => intent.Task), build.Tasks.Take(2).Select(task => task.Id));
        var origins = build.Tasks[1].Gold[1].Origins;
        Assert.Equal((OriginKind.State, 0), (origins[0].Kind, origins[0].Step));
        Assert.Equal(OriginKind.User, origins[1].Kind);
        Assert.Equal("Middlemarch", Assert.Single(build.Tasks[0].Requests[0].RequiredOutputs).Text);
        Assert.False(build.Tasks[1].IsReadOnly);
    }

    [Theory]
    [InlineData("null", "intent.empty", "$[0]")]
    [InlineData("{}", "intent.empty", "$[0]")]
    [InlineData("""{"requests":[]}""", "intent.empty", "$[0]")]
    [InlineData("""{"requests":[null]}""", "intent.empty", "$[0].requests[0]")]
    [InlineData("""{"requests":[{"text":"Hello.","calls":[null]}]}""", "intent.unknown-tool", "$[0].requests[0].calls[0]")]
    [InlineData("""{"requests":[{"text":"What is book-101?","calls":[{"tool":"get_book","arguments":{"book_id":"book-101"}}],"tell":[null]}]}""", "intent.tells-nothing", "$[0].requests[0].tell")]
    [InlineData("""{"requests":[{"text":"Give book-101 some pages.","calls":[{"tool":"update_book","arguments":{"book_id":"book-101","pages":101}},{"tool":"update_book","arguments":{"book_id":"book-101","pages":10}}]}]}""", "intent.hides-fact", "$[0].requests[0].calls[1]")]
    [InlineData("""{"requests":[{"text":"See which books of Jane Austen there are, and correct book-101.","calls":[{"tool":"list_books","arguments":{"author":"Jane Austen"}},{"tool":"update_book","arguments":{"book_id":"book-101","pages":2}}]}]}""", "intent.hides-fact", "$[0].requests[0].calls[1]")]
    [InlineData("""{"requests":[{"text":"See which books of Jane Austen there are, and correct book-101.","calls":[{"tool":"list_books","arguments":{"author":"Jane Austen"}},{"tool":"update_book","arguments":{"book_id":"book-101","pages":249}}]}]}""", "intent.hides-fact", "$[0].requests[0].calls[1]")]
    [InlineData("""{"requests":[{"text":"Hello.","calls":[]}]}""", "intent.empty", "$[0].requests[0]")]
    [InlineData("""{"requests":[{"text":"Burn book-101.","calls":[{"tool":"burn_book","arguments":{}}]}]}""", "intent.unknown-tool", "$[0].requests[0].calls[0]")]
    [InlineData("""{"requests":[{"text":"Burn book-101.","calls":[{"tool":"get_book","arguments":7}]}]}""", "intent.bad-arguments", "$[0].requests[0].calls[0]")]
    [InlineData("""{"requests":[{"text":"What is book-999?","calls":[{"tool":"get_book","arguments":{"book_id":"book-999"}}],"tell":["title"]}]}""", "intent.call-fails", "$[0].requests[0].calls[0]")]
    [InlineData("""{"requests":[{"text":"What is that book?","calls":[{"tool":"get_book","arguments":{"book_id":"book-101"}}],"tell":["title"]}]}""", "intent.hides-fact", "$[0].requests[0].calls[0]")]
    [InlineData("""{"requests":[{"text":"What is book-101?","calls":[{"tool":"get_book","arguments":{"book_id":"book-101"}}]}]}""", "intent.proves-nothing", "$[0].requests[0]")]
    [InlineData("""{"requests":[{"text":"What is book-101?","calls":[{"tool":"get_book","arguments":{"book_id":"book-101"}}],"tell":["colour"]}]}""", "intent.tells-nothing", "$[0].requests[0].tell")]
    [InlineData("""{"requests":[{"text":"Is book-101 Dune?","calls":[{"tool":"get_book","arguments":{"book_id":"book-101"}}],"tell":["title"]}]}""", "intent.gives-away", "$[0]")]
    [InlineData("""{"requests":[{"text":"Use get_book on book-101.","calls":[{"tool":"get_book","arguments":{"book_id":"book-101"}}],"tell":["title"]}]}""", "intent.names-tool", "$[0]")]
    public void Build_BrokenIntent_IsNamedCountedAndSkipped(string intent, string reason, string place)
    {
        var build = Build(intent, """{"requests":[{"text":"Which book is book-104, please?","calls":[{"tool":"get_book","arguments":{"book_id":"book-104"}}],"tell":["title"]}]}""");

        Assert.Equal((reason, "intents.json, " + place, (string?)null), (build.Report.Intents[0].Reason, build.Report.Intents[0].Place, build.Report.Intents[0].Task));
        Assert.NotEmpty(build.Report.Intents[0].Detail);
        Assert.Equal(1, build.Report.Dropped[reason]);
        Assert.Null(build.Report.Intents[1].Reason);
        Assert.Equal(build.Report.Proposed, build.Report.Kept + build.Report.Dropped.Values.Sum());
    }

    [Fact]
    public void Build_ValueThatNoResultShows_IsAHiddenFact() =>
        Assert.Equal(("intent.hides-fact", "intents.json, $[0].requests[0].calls[1]"), (Build(Good).Report.Intents[0].Reason, Build(Good).Report.Intents[0].Place));

    private TaskBuild Build(params string[] intents)
    {
        var package = LibraryEnvironment.Package() with { Intents = [.. intents.Select(intent => JsonSerializer.Deserialize<GivenIntent>(intent, ArtifactJson.Options)!)] };
        return new TaskBuilder(new TaskSettings { PerEnvironment = 4 }, engine, new OutcomeJudge()).Build(package, [], Seed.Root(5));
    }
}
