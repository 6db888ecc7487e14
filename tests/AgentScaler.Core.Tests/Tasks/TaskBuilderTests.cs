using System.Globalization;
using System.Text.Json;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Coverage;
using AgentScaler.Tasks.Verification;

namespace AgentScaler.Core.Tests.Tasks;

public sealed class TaskBuilderTests(SampleTasks sample) : IClassFixture<SampleTasks>
{
    [Fact]
    public void Build_EverySampleEnvironment_YieldsAllTasksWanted()
    {
        Assert.True(sample.Built.Count >= 10, $"{sample.Built.Count} environments");
        Assert.All(sample.Built, built => Assert.InRange(built.Build.Report.Kept, 12, 36));
        Assert.All(sample.Built, built => Assert.Equal(built.Build.Report.Proposed, built.Build.Report.Kept + built.Build.Report.Dropped.Values.Sum()));
    }

    [Fact]
    public void Build_TasksBeyondThoseWanted_EachCoverWhatNoneBeforeCovers()
    {
        Assert.Contains(sample.Built, built => built.Build.Report.Kept > 12);
        Assert.All(sample.Built, built =>
        {
            var plan = new CoveragePlan(built.Environment.Package, built.Dependencies, new TaskSettings());
            Assert.All(built.Build.Tasks.Index(), task =>
            {
                Assert.True(task.Index < 12 || plan.IsWanted(task.Item));
                plan.Add(task.Item);
            });
        });
    }

    [Fact]
    public void Build_NoTasksForCoverage_MakesNoMoreThanWanted()
    {
        var (environment, dependencies, _) = sample.Built.First(built => built.Build.Report.Kept > 12);

        Assert.Equal(12, sample.Build(environment.Package, dependencies, new TaskSettings { PerEnvironment = 12, CoverageShare = 0 }).Report.Kept);
    }

    [Fact]
    public void Build_EveryTask_ReplaysToItsGoldHash() => Assert.All(sample.All, item =>
    {
        var session = sample.Open(item.Environment, item.Task);
        Assert.Equal(item.Task.InitialHash, session.StateHash);
        Assert.All(item.Task.Gold, call => Assert.Equal(call.Result, session.Call(call.Tool, call.Arguments).Content));
        Assert.Equal(item.Task.GoldHash, session.StateHash);
    });

    [Fact]
    public void Build_ArgumentFromAnOutput_StandsThereInTheRecordedResult()
    {
        var outputs = 0;
        foreach (var (_, task) in sample.All)
        {
            for (var i = 0; i < task.Gold.Count; i++)
            {
                Assert.Equal(task.Gold[i].Arguments.EnumerateObject().Select(argument => argument.Name).Order(StringComparer.Ordinal), task.Gold[i].Origins.Select(origin => origin.Parameter));
                foreach (var origin in task.Gold[i].Origins.Where(origin => origin.Step is not null))
                {
                    Assert.InRange(origin.Step!.Value, 0, i - 1);
                    Assert.Equal(Text(At(JsonElement.Parse(task.Gold[origin.Step.Value].Result), origin.Path!)), Text(task.Gold[i].Arguments.GetProperty(origin.Parameter)));
                    outputs++;
                }
            }
        }

        Assert.True(outputs > 100, $"{outputs} arguments from outputs");
    }

    [Fact]
    public void Build_Intent_SaysWhatTheUserKnowsAndNothingElse() => Assert.All(sample.All, item =>
    {
        var text = string.Join('\n', item.Task.Requests.Select(request => $"{request.Text} {request.Abstention?.Withheld?.Answer}"));
        Assert.DoesNotContain(item.Environment.Package.Tools, tool => tool.Name.Contains('_', StringComparison.Ordinal) && text.Contains(tool.Name, StringComparison.OrdinalIgnoreCase));
        var facts = item.Task.Gold.SelectMany(call => call.Origins.Where(origin => origin.Kind == OriginKind.User).SelectMany(origin => Scalars(call.Arguments.GetProperty(origin.Parameter)))).ToHashSet();
        foreach (var (argument, origin) in item.Task.Gold.SelectMany(call => call.Origins.Select(origin => (call.Arguments.GetProperty(origin.Parameter), origin))))
        {
            if (origin.Kind == OriginKind.User && argument.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                Assert.True(ScalarTexts.IsSaidIn(text, Text(argument)) || text.Contains(Text(argument), StringComparison.Ordinal), $"{Text(argument)} is not in {text}");
            }
            else if (origin.Step is not null && !facts.Contains(Text(argument)))
            {
                Assert.DoesNotMatch(@"(?<!\w)" + System.Text.RegularExpressions.Regex.Escape(Text(argument)) + @"(?!\w)", text);
            }
        }
    });

    [Fact]
    public void Build_ValueThatALookupFinds_IsOfTheStateAndOneTheUserAskedForAnOutput()
    {
        var kinds = sample.All.SelectMany(item => item.Task.Requests.SelectMany(request => item.Task.Gold.Skip(request.FirstCall).Take(request.Calls)
            .SelectMany(call => call.Origins).Where(origin => origin.Step is not null).Select(origin => (origin.Kind, IsGoal: item.Task.Requests.Any(other => other.FirstCall + other.Calls - 1 == origin.Step || other.Condition?.Call == origin.Step))))).ToList();

        Assert.All(kinds, origin => Assert.Equal(origin.IsGoal ? OriginKind.Output : OriginKind.State, origin.Kind));
        Assert.Equal(2, kinds.Select(origin => origin.Kind).Distinct().Count());
    }

    [Fact]
    public void Build_Distractor_DiffersInItsNameFromARowThatTheTaskIsAbout()
    {
        // What must not be done is no gold call, so there is none to compare with.
        var changes = sample.All.Where(item => !item.Task.Abstains).SelectMany(item => item.Task.InitialChanges.Select(change => (item.Environment.Package, item.Task, change))).ToList();

        Assert.NotEmpty(changes);
        Assert.All(changes, item =>
        {
            var collection = item.Package.Schema.Find(item.change.Collection)!;
            string[] own = [collection.Key, collection.Label!, .. UniqueFields.Of(collection).Select(field => field.Name)];
            string Rest(JsonElement row) => CanonicalJson.Write(JsonSerializer.SerializeToElement(row.EnumerateObject().Where(field => !own.Contains(field.Name)).ToDictionary(field => field.Name, field => field.Value)));
            var about = item.Task.Gold.SelectMany(call => Scalars(call.Arguments)).ToHashSet();

            Assert.Contains(item.Package.State, row => row.Collection == collection.Name && Rest(row.Row) == Rest(item.change.Row!.Value) && about.Contains(row.Key)
                && Text(row.Row.GetProperty(collection.Label!)) != Text(item.change.Row.Value.GetProperty(collection.Label!)));
        });
    }

    [Fact]
    public void Build_Intent_IsASentence() => Assert.All(sample.All.SelectMany(item => item.Task.Requests), request =>
    {
        Assert.Matches("^[A-Z].*[.?]$", request.Text);
        Assert.DoesNotMatch(@" as the [.;?]|  | \.|\ba [aeio]|;\s*[.?]", request.Text.Split(':')[0]);
    });

    [Fact]
    public void Build_Requests_CoverTheGoldCallsInOrder() => Assert.All(sample.All, item =>
    {
        var next = 0;
        foreach (var request in item.Task.Requests)
        {
            Assert.Equal(next, request.FirstCall);
            next += request.Calls;
        }

        Assert.Equal(item.Task.Gold.Count, next);
    });

    [Fact]
    public void Build_ReadOnlyTask_NamesFactsThatGoldShows()
    {
        var reading = sample.All.Where(item => item.Task.IsReadOnly && !item.Task.Abstains).ToList();

        Assert.NotEmpty(reading);
        Assert.All(reading, item =>
        {
            Assert.Contains(item.Task.Requests, request => request.RequiredOutputs.Count > 0);
            Assert.All(item.Task.Requests, request => Assert.All(request.RequiredOutputs, output =>
                Assert.Contains(Scalars(JsonElement.Parse(item.Task.Gold[request.FirstCall + request.Calls - 1].Result)), text => text == output.Text)));
        });
    }

    [Fact]
    public void Build_GoldWrite_IsNeeded() => Assert.All(sample.All, item =>
    {
        for (var i = 0; i < item.Task.Gold.Count; i++)
        {
            if (item.Task.Gold[i].Writes)
            {
                Assert.NotEqual(item.Task.GoldHash, sample.HashAfter(item.Environment, item.Task, item.Task.Gold.Where((_, k) => k != i)));
            }
        }
    });

    [Fact]
    public void Build_Again_GivesTheSameTasksWhateverElseIsBuilt()
    {
        var last = sample.Built[^1];

        var alone = sample.Build(last.Environment.Package, last.Dependencies);

        Assert.Equal(last.Build.Tasks.Select(CanonicalJson.Serialize), alone.Tasks.Select(CanonicalJson.Serialize));
    }

    [Fact]
    public void Build_EveryTask_WasTriedOnMutantsOfWhichTheVerifierLetNonePass()
    {
        Assert.All(sample.Built, built => Assert.Equal(built.Build.Tasks.Select(task => task.Id), built.Build.Report.Verified.Where(task => task.Reason is null).Select(task => task.Task)));
        Assert.All(sample.Built.SelectMany(built => built.Build.Report.Verified).Where(task => task.Reason is null), task =>
        {
            Assert.All(task.Operators, counts => Assert.Equal((0, 0), (counts.Value.FalseAccepts, counts.Value.FalseRejects)));
            Assert.InRange(task.Mutants, task.Writes ? VerifierAudit.FewestMutants : 3, 500);
        });
    }

    [Fact]
    public void Build_AsManyTasksAsByDefault_CoverToolsAndEdges()
    {
        var builds = sample.Built.Take(3).Select(built => sample.Build(built.Environment.Package, built.Dependencies, new TaskSettings())).ToList();
        var coverage = CoverageReport.Sum(builds.Select(build => build.Report.Coverage));

        Assert.InRange(coverage.ToolsCovered, 0.9 * coverage.Tools, coverage.Tools);
        Assert.InRange(coverage.EdgesCovered, 0.7 * coverage.Edges, coverage.Edges);
        Assert.All(builds, build =>
        {
            Assert.Equal(build.Tasks.Count, build.Report.Coverage.ByLength.Values.Sum());
            Assert.Equal(build.Tasks.Count(task => task.IsReadOnly), build.Report.Coverage.ByKind.GetValueOrDefault(TaskKinds.Reads));
        });
    }

    [Fact]
    public void Build_LongTasks_GoBeyondTheUsualLengthAndFitIntoAnEpisode()
    {
        var built = sample.Built[0];

        var build = sample.Build(built.Environment.Package, built.Dependencies, new TaskSettings { PerEnvironment = 6, LongShare = 1, MinimumCalls = 1, MaximumCalls = 8, LongestCalls = 20 });

        Assert.InRange(build.Tasks.Max(task => task.Gold.Count), 12, 20);
        var confirmed = PolicyConduct.ConfirmedTools(built.Environment.Package);
        Assert.All(build.Tasks, task => Assert.InRange(task.Gold.Count + task.Requests.Count + task.Gold.Count(call => confirmed.Contains(call.Tool)), 1, 30));
    }

    [Fact]
    public void Build_ConditionalTasks_DoWhatTheStateMakesRightAndSayBothWishes()
    {
        var builds = sample.Built.Take(8).Select(built => (built.Environment, Build: sample.Build(built.Environment.Package, built.Dependencies, new TaskSettings { PerEnvironment = 6, ReadOnlyShare = 0, ConditionalShare = 1 }))).ToList();
        var choices = builds.SelectMany(built => built.Build.Tasks.SelectMany(task => task.Requests.Where(request => request.Condition is not null).Select(request => (built.Environment, Task: task, Request: request, Condition: request.Condition!)))).ToList();

        Assert.NotEmpty(choices);
        Assert.Equal(2, choices.Select(choice => choice.Condition.Holds).Distinct().Count());
        Assert.All(choices, choice =>
        {
            Assert.Equal(choice.Condition.Holds, Text(At(JsonElement.Parse(choice.Task.Gold[choice.Condition.Call].Result), choice.Condition.Path)) == choice.Condition.Value);
            Assert.Contains("; otherwise ", choice.Request.Text, StringComparison.Ordinal);
            Assert.Contains(choice.Condition.Value, choice.Request.Text, StringComparison.Ordinal);
            var last = choice.Request.FirstCall + choice.Request.Calls - 1;
            var session = sample.Open(choice.Environment, choice.Task);
            foreach (var call in choice.Task.Gold.Take(last))
            {
                session.Call(call.Tool, call.Arguments);
            }

            Assert.False(session.Call(choice.Condition.Otherwise.Tool, choice.Condition.Otherwise.Arguments).IsError);
            Assert.NotEqual(choice.Task.GoldHash, sample.HashAfter(choice.Environment, choice.Task, choice.Task.Gold.Select((call, i) => i == last ? choice.Condition.Otherwise : call)));
        });
        Assert.Equal(choices.Select(choice => choice.Task.Id).Distinct().Count(), builds.Sum(built => built.Build.Report.Coverage.ByKind.GetValueOrDefault(TaskKinds.Conditional)));
    }

    private static JsonElement At(JsonElement result, string path) => path.Split('.').Aggregate(result, (value, step) =>
        value.ValueKind == JsonValueKind.Array ? value[int.Parse(step, CultureInfo.InvariantCulture)] : value.GetProperty(step));

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static IEnumerable<string> Scalars(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Scalars(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Scalars),
        _ => [Text(value)],
    };
}
