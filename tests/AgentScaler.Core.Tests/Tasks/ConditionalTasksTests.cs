using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Funnel;
using AgentScaler.Graphs;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Core.Tests.Tasks;

/// <summary>Conditions on rows that stand below another in their path, and on what is yes or no.</summary>
public sealed class ConditionalTasksTests : IDisposable
{
    private const string Lamp = """{"type":"object","properties":{"lamp_id":{"type":"string"},"is_dimmed":{"type":"boolean"},"brightness":{"type":"integer"},"label":{"type":"string"}}}""";
    private const string Room = """{"room_id":{"type":"string","x-in":"path","x-segment":"rooms"}""";
    private const string InRoom = $$"""{{Room}},"lamp_id":{"type":"string","x-in":"path","x-segment":"lamps"}""";

    private readonly EnvironmentEngine engine = new(new EngineOptions(), LibraryEnvironment.Clock);
    private readonly Domain domain = Domains.Of(
        Domains.Tool("list_lamps", "GET", "/rooms/{room_id}/lamps", Room + "}", ["room_id"], """{"type":"object","properties":{"lamps":{"type":"array","items":""" + Lamp + "}}}"),
        Domains.Tool("get_lamp", "GET", "/rooms/{room_id}/lamps/{lamp_id}", InRoom + "}", ["room_id", "lamp_id"], Lamp),
        Domains.Tool("update_lamp", "PATCH", "/rooms/{room_id}/lamps/{lamp_id}", InRoom + ""","brightness":{"type":"integer","minimum":1,"maximum":100},"label":{"type":"string"}}""", ["room_id", "lamp_id"], Lamp));

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData("en", "; otherwise ")]
    [InlineData("zh", "；否则")]
    public void Build_RowsBelowOthersWithYesOrNo_AreDecidedOn(string language, string otherwise)
    {
        var settings = new TaskSettings { PerEnvironment = 12, AbstentionShare = 0, ConditionalShare = 0.5, Languages = [language] };

        var build = Build(settings);

        var conditions = build.Tasks.SelectMany(task => task.Requests.Where(request => request.Condition is not null).Select(request => (Task: task, Request: request, Condition: request.Condition!))).ToList();
        Assert.Equal(6, conditions.Count);
        Assert.Equal((6, 4), (build.Report.Coverage.ByKind[TaskKinds.Conditional], build.Report.Coverage.ByKind[TaskKinds.Reads]));
        Assert.Equal(2, conditions.Select(condition => condition.Condition.Value).Distinct().Count());
        Assert.All(conditions, condition =>
        {
            var (task, request) = (condition.Task, condition.Request);
            var read = task.Gold[condition.Condition.Call];
            var goal = task.Gold[request.FirstCall + request.Calls - 1];
            Assert.Equal(("get_lamp", "update_lamp", "update_lamp"), (read.Tool, goal.Tool, condition.Condition.Otherwise.Tool));
            Assert.Contains(otherwise, request.Text, StringComparison.Ordinal);
            foreach (var key in (string[])["room_id", "lamp_id"])
            {
                Assert.Equal(read.Arguments.GetProperty(key).GetString(), goal.Arguments.GetProperty(key).GetString());
                Assert.Equal(read.Arguments.GetProperty(key).GetString(), condition.Condition.Otherwise.Arguments.GetProperty(key).GetString());
            }
        });
    }

    [Fact]
    public void Build_AllShallOnlyRead_LeavesNoRoomForConditions()
    {
        var build = Build(new TaskSettings { PerEnvironment = 6, AbstentionShare = 0, ReadOnlyShare = 1, ConditionalShare = 1, MinimumCalls = 1 });

        Assert.NotEmpty(build.Tasks);
        Assert.All(build.Tasks, task => Assert.True(task.IsReadOnly));
    }

    [Fact]
    public void Build_NothingThatCouldDecide_MakesOtherTasks()
    {
        var fixedDomain = Domains.Of(
            Domains.Tool("get_lamp", "GET", "/lamps/{lamp_id}", """{"lamp_id":{"type":"string","x-in":"path","x-segment":"lamps"}}""", ["lamp_id"], """{"type":"object","properties":{"lamp_id":{"type":"string"},"brightness":{"type":"integer"}}}"""),
            Domains.Tool("update_lamp", "PATCH", "/lamps/{lamp_id}", """{"lamp_id":{"type":"string","x-in":"path","x-segment":"lamps"},"brightness":{"type":"integer"}}""", ["lamp_id"], "{}"));

        var build = Build(new TaskSettings { PerEnvironment = 3, AbstentionShare = 0, ConditionalShare = 1, MinimumCalls = 1 }, fixedDomain);

        Assert.NotEmpty(build.Tasks);
        Assert.DoesNotContain(TaskKinds.Conditional, build.Report.Coverage.ByKind.Keys);
    }

    private TaskBuild Build(TaskSettings settings, Domain? of = null) => new TaskBuilder(settings, engine, new OutcomeJudge())
        .Build(SchemaBuilderTests.Materialise(of ?? domain), DependencyFinder.Find((of ?? domain).Tools, 0.4), Seed.Root(1));
}
