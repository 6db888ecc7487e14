using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Funnel;
using AgentScaler.Datasets;
using AgentScaler.Environments;
using AgentScaler.Episodes;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Difficulty;
using AgentScaler.Tasks;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Datasets;

public sealed class TrajectoryComposerTests
{
    private static readonly EnvironmentOutcome Outcome = new()
    {
        Domain = "domain-1", DomainName = "library", Kept = true, Environment = "env-library", ToolsIn = 1, ToolsKept = ["get_book"], ToolsRejected = [],
    };

    private static readonly TaskSpec Task = new()
    {
        Id = "task-1",
        Environment = "env-library",
        Seed = "1/tasks/1",
        InitialChanges = [],
        Requests = [new UserRequest("Who wrote book-101?", 0, 1, [new RequiredOutput("Frank Herbert", 0, "author")])],
        Gold = [new GoldCall("get_book", LibraryEnvironment.Json("""{"book_id":"book-101"}"""), [new("book_id", OriginKind.User)], false, "{}")],
        InitialHash = "same",
        GoldHash = "same",
    };

    private static readonly EpisodeRecord Episode = new Transcript()
        .User("Who wrote book-101?")
        .Call("get_book", """{"book_id":"book-101"}""", """{"author":"Frank Herbert"}""")
        .Agent("Frank Herbert.")
        .End("task-1", "same") with
    {
        Faults = [new InjectedFault(FaultKind.InvalidCallRecovered, 0, "get_book without book_id")],
    };

    private static readonly TaskDifficulty Difficulty = new("task-1", "env-library", 4, 2, 2, 0, DifficultyBand.Medium, PassK.All(4, 2));

    /// <summary>The record's exact bytes: consumers rely on them, so a change here is a change of format.</summary>
    [Fact]
    public void Compose_KeptEpisode_IsTheGoldenRecord()
    {
        var golden = """
            {"messages":[{"content":"policy","role":"system","train":false},{"content":"Who wrote book-101?","role":"user","train":false},
            {"role":"assistant","tool_calls":[{"function":{"arguments":{"book_id":"book-101"},"name":"get_book"},"id":"call-2","type":"function"}],"train":true},
            {"content":"{\"author\":\"Frank Herbert\"}","name":"get_book","role":"tool","tool_call_id":"call-2","train":false},
            {"content":"Frank Herbert.","role":"assistant","train":true}],
            "metadata":{"difficulty":{"band":"medium","passed":2,"trials":4},"domain":"domain-1","domain_name":"library","environment":"env-library","episode":"episode-by-hand",
            "faults":[{"detail":"get_book without book_id","gold_call":0,"kind":"invalid-call-recovered"}],"funnel":{"kept":true,"proof":"calls"},"generator":"hand",
            "licences":["MIT"],"models":{"agent":"scripted","user":"scripted"},"prompts":[],"reward":{"match":true,"outputs":true,"state":true},"schema_version":"4",
            "seeds":{"episode":"1","task":"1/tasks/1"},"task":"task-1","tool_errors":0,"tool_fault":{"kind":"none","tool":""},"trial":0,"usage":{"agent_input":0,"agent_output":0,"user_input":0,"user_output":0}},
            "tools":[{"function":{"description":"Tool get_book of the library.","name":"get_book","parameters":{"additionalProperties":false,"properties":{"book_id":{"type":"string"}},"required":["book_id"],"type":"object"}},"type":"function"}]}
            """.ReplaceLineEndings(string.Empty);
        Assert.Equal(golden, DatasetJson.Line(Composer().Compose(Episode, Task, new Verdict(Episode.Id, true, null, null, null, null), Difficulty)));
    }

    [Fact]
    public void Compose_RejectedEpisode_CarriesItsVerdict()
    {
        var verdict = new Verdict(Episode.Id, false, FunnelStage.ExactMatch, FunnelReasons.MissingCall, Attribution.Agent, "not made: x");
        var line = DatasetJson.Line(Composer().Compose(Episode, Task, verdict, Difficulty));
        Assert.EndsWith(
            ""","verdict":{"attribution":"agent","detail":"not made: x","reason":"missing-call","stage":"exact-match"}}""", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_ToolThatWasMadeToFail_IsNamedWithItsKind()
    {
        var line = DatasetJson.Line(Composer().Compose(
            Episode with { ToolFault = new ToolFault(ToolFaultKind.OutOfService, "get_book", 0) }, Task, new Verdict(Episode.Id, true, null, null, null, null), Difficulty));
        Assert.Contains("""
            "tool_fault":{"kind":"out-of-service","tool":"get_book"}
            """.Trim(), line, StringComparison.Ordinal);
    }

    [Fact]
    public void Strip_Schema_LosesInternalKeywordsButNoPropertyOrData()
    {
        var schema = LibraryEnvironment.Json(
            """{"type":"object","x-a":1,"properties":{"x-request-id":{"type":"string","x-in":"header"},"list":{"items":{"x-b":{},"type":"object","default":{"x-c":1}}}}}""");
        Assert.Equal(
            """{"type":"object","properties":{"x-request-id":{"type":"string"},"list":{"items":{"type":"object","default":{"x-c":1}}}}}""",
            ToolSchemaText.Strip(schema).GetRawText());
    }

    private static TrajectoryComposer Composer()
    {
        var package = LibraryEnvironment.Package();
        return new TrajectoryComposer(package with { Tools = [.. package.Tools.Where(tool => tool.Name == "get_book")] }, Outcome, MatchMode.Strict);
    }
}
