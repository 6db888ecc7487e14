using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Core.Tests.Models;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Funnel;
using AgentScaler.Graphs;
using AgentScaler.Json;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Modelled;
using AgentScaler.Tasks.Verification;

namespace AgentScaler.Core.Tests.Tasks.Modelled;

public sealed class TaskRewriterTests : IDisposable
{
    private static readonly Domain Books = Domains.Books with { Dependencies = DependencyFinder.Find(Domains.Books.Tools, new GraphSettings().DependencyThreshold) };

    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);
    private readonly EnvironmentPackage package;

    public TaskRewriterTests() => package = Domains.Build(engine, Books, new EnvironmentSettings { MutantsPerTool = 0 }).Package!;

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Build_WithoutAModel_IsByteForByteWhatItWas()
    {
        var built = await BuildAsync(null);

        Assert.Equal(CanonicalJson.Serialize(new TaskBuilder(Settings, engine, new OutcomeJudge()).Build(package, Books.Dependencies, Seed.Root(1))), CanonicalJson.Serialize(built));
        Assert.Null(built.Report.Rewrites);
    }

    [Fact]
    public async Task Build_WordsThatSayEveryFact_AreTakenAndTheTaskStaysTheSame()
    {
        var embedded = await BuildAsync(null);
        var brain = Brain.Saying(question => Words(question, text => "Hey there! " + text + " Merci beaucoup \ud83d\ude00"));

        var built = await BuildAsync(brain);

        Assert.Equal((8, 8, 0), (built.Report.Rewrites!.Asked, built.Report.Rewrites.Rewritten, built.Report.Rewrites.WithValues));
        foreach (var (before, after) in embedded.Tasks.Zip(built.Tasks))
        {
            Assert.Equal(before.Requests.Select(request => "Hey there! " + request.Text + " Merci beaucoup \ud83d\ude00"), after.Requests.Select(request => request.Text));
            Assert.Equal(CanonicalJson.Serialize(before.Gold), CanonicalJson.Serialize(after.Gold));
            Assert.Equal(before.Requests.SelectMany(request => request.RequiredOutputs), after.Requests.SelectMany(request => request.RequiredOutputs));
            Assert.NotEqual(before.Id, after.Id);
            Assert.Equal(("brain-1", "task-wording@1", "en"), (after.Phrasing!.Model, after.Phrasing.Prompt, after.Phrasing.Language));
        }

        Assert.True(built.Tasks.Select(task => (task.Phrasing!.Persona, task.Phrasing.Style)).Distinct().Count() > 1);
        Assert.Equal(CanonicalJson.Serialize(built), CanonicalJson.Serialize(await BuildAsync(Brain.Saying(question => Words(question, text => "Hey there! " + text + " Merci beaucoup \ud83d\ude00")))));
    }

    [Theory]
    [InlineData("intent.names-tool", " Use update_book for it.")]
    [InlineData("intent.text", " ###STOP###")]
    [InlineData("intent.text", " \u202eabc")]
    [InlineData("intent.text", " \u0007")]
    public async Task Build_WordsThatWillNotDo_KeepTheEmbeddedOnesAndAreCounted(string reason, string added)
    {
        var embedded = await BuildAsync(null);
        var brain = Brain.Saying(question => Words(question, text => text + added));

        var built = await BuildAsync(brain);

        Assert.Equal(CanonicalJson.Serialize(embedded.Tasks), CanonicalJson.Serialize(built.Tasks));
        Assert.Equal(new Dictionary<string, int> { [reason] = 8 }, built.Report.Rewrites!.Kept);
        Assert.Equal(8 * 3, brain.Questions.Count);
    }

    [Fact]
    public async Task Build_WordsThatLeaveOutAFact_AreToldWhich()
    {
        var brain = Brain.Saying(question => Words(question, text => question.Attempt == 0 ? "Do it, please." : text));

        var built = await BuildAsync(brain);

        Assert.Equal(8, built.Report.Rewrites!.Rewritten);
        Assert.All(brain.Questions.Where(question => question.Attempt == 1), question => Assert.Contains("intent.hides-fact: request ", question.Messages[^1].Text, StringComparison.Ordinal));
        Assert.Contains(brain.Questions, question => question.Attempt == 1);
    }

    [Fact]
    public async Task Build_WordsThatGiveTheAnswerAway_KeepTheEmbeddedOnes()
    {
        var embedded = await BuildAsync(null);
        var answers = embedded.Tasks.SelectMany(task => task.Requests.SelectMany(request => request.RequiredOutputs.Select(output => output.Text))).Distinct();

        var built = await BuildAsync(Brain.Saying(question => Words(question, text => $"{text} I think it is {string.Join(" or ", answers)}.")));

        Assert.True(built.Report.Rewrites!.Kept["intent.gives-away"] > 0);
        Assert.All(built.Tasks.Where(task => task.Phrasing is not null), task => Assert.All(task.Requests, request => Assert.Empty(request.RequiredOutputs)));
    }

    [Fact]
    public async Task Build_ValuesOfTheModels_AreExecutedAndSaid()
    {
        var n = 0;
        var brain = Brain.Saying(question => Words(question, text => text, value => value["schema"]!["type"]!.ToString() == "string" ? $"The Lighthouse at Kerr Point, volume {Interlocked.Increment(ref n)}" : null));

        var built = await BuildAsync(brain);

        Assert.True(built.Report.Rewrites!.WithValues > 0, CanonicalJson.Serialize(built.Report));
        foreach (var task in built.Tasks)
        {
            var session = engine.Open(LoadedEnvironment.Load(package), new Seed(task.Seed), task.InitialChanges);
            Assert.Equal(task.InitialHash, session.StateHash);
            Assert.All(task.Gold, call => Assert.Equal(call.Result, session.Call(call.Tool, call.Arguments).Content));
            Assert.Equal(task.GoldHash, session.StateHash);
        }

        Assert.Contains(built.Tasks, task => task.Gold.Any(call => call.Arguments.GetRawText().Contains("Kerr Point", StringComparison.Ordinal)) && task.Requests.Any(request => request.Text.Contains("Kerr Point", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("pages", "100000", "value.does-not-fit")]
    [InlineData("book_id", "\"bok_1\"", "value.not-open")]
    [InlineData("shelf_id", "\"nowhere\"", "value.not-open")]
    public async Task Build_ValueThatMayNotBe_IsRefused(string parameter, string value, string reason)
    {
        var embedded = await BuildAsync(null);
        var brain = Brain.Saying(question =>
        {
            var task = embedded.Tasks.FirstOrDefault(task => task.Requests.All(request => question.Text.Contains(JsonSerializer.Serialize(request.Text, ArtifactJson.Options), StringComparison.Ordinal)));
            var call = task?.Gold.ToList().FindIndex(call => call.Tool == "add_book" && call.Arguments.TryGetProperty(parameter, out _)) ?? -1;
            return Words(question, text => text, extra: call < 0 && parameter != "book_id" ? null : $$"""{"call":{{Math.Max(call, 0)}},"parameter":"{{parameter}}","value":{{value}}}""");
        });

        var built = await BuildAsync(brain);

        Assert.True(built.Report.Rewrites!.Kept.GetValueOrDefault(reason) > 0, CanonicalJson.Serialize(built.Report));
        Assert.All(built.Tasks, task => Assert.DoesNotContain(task.Gold, call => call.Arguments.TryGetProperty(parameter, out var given) && given.GetRawText() == value));
    }

    [Theory]
    [MemberData(nameof(BadReplies.Names), MemberType = typeof(BadReplies))]
    public async Task Build_ModelThatSaysNothingUseful_KeepsAllEmbeddedWords(string kind)
    {
        var embedded = await BuildAsync(null, 3);

        var built = await BuildAsync(Brain.Always(BadReplies.Text(kind)), 3);

        Assert.Equal(CanonicalJson.Serialize(embedded.Tasks), CanonicalJson.Serialize(built.Tasks));
        Assert.Equal(new Dictionary<string, int> { ["rewrite.no-answer"] = 3 }, built.Report.Rewrites!.Kept);
    }

    [Fact]
    public async Task Apply_AnswerThatWasChecked_IsNotAuditedAgain()
    {
        const string Other = "The Lighthouse at Kerr Point";
        var judge = new CountingJudge();
        var taken = 0;
        foreach (var task in (await BuildAsync(null)).Tasks)
        {
            foreach (var open in OpenValues.Of(task, package).Where(open => open.Value.ValueKind == JsonValueKind.String))
            {
                var texts = task.Requests.Select(request => request.Text.Replace(open.Value.GetString()!, Other, StringComparison.Ordinal));
                var answer = JsonSerializer.Deserialize<RewriteAnswer>(CanonicalJson.Serialize(new { Requests = texts, Values = new[] { new { open.Call, open.Parameter, Value = Other } } }), ArtifactJson.Options)!;
                var question = new RewriteQuestion(engine, LoadedEnvironment.Load(package), judge, task);
                var before = judge.Asked;
                if (question.Ask("somebody", "plain", "en").Check(answer).Count > 0)
                {
                    continue;
                }

                var after = judge.Asked;
                Assert.True(after > before);
                Assert.NotNull(question.Apply(answer).Verification);
                Assert.Equal(after, judge.Asked);
                taken++;
            }
        }

        Assert.True(taken > 0);
    }

    private static TaskSettings Settings { get; } = new() { PerEnvironment = 8, CoverageShare = 0 };

    private Task<TaskBuild> BuildAsync(Brain? brain, int tasks = 8) =>
        new TaskBuilder(Settings with { PerEnvironment = tasks }, engine, new OutcomeJudge()).BuildAsync(package, Books.Dependencies, Seed.Root(1), brain?.Builder(), CancellationToken.None);

    /// <summary>Answers a question by changing each text, and values where one is given; the new value is said in the place of the old.</summary>
    private static string Words(Asked question, Func<string, string> word, Func<JsonObject, string?>? value = null, string? extra = null)
    {
        var lines = question.Text.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        var texts = lines.Where(line => line.ContainsKey("facts")).Select(line => line["text"]!.ToString()).ToList();
        var values = new JsonArray();
        foreach (var open in value is null ? [] : lines.Where(line => line.ContainsKey("parameter")))
        {
            if (value!(open) is { } other)
            {
                values.Add(new JsonObject { ["call"] = open["call"]!.DeepClone(), ["parameter"] = open["parameter"]!.DeepClone(), ["value"] = other });
                var request = open["request"]!.GetValue<int>() - 1;
                texts[request] = texts[request].Replace(open["value"]!.ToString(), other, StringComparison.Ordinal);
            }
        }

        if (extra is not null)
        {
            values.Add(JsonNode.Parse(extra));
        }

        return new JsonObject { ["values"] = values, ["requests"] = new JsonArray([.. texts.Select(text => JsonValue.Create(word(text)))]) }.ToJsonString();
    }

    private sealed class CountingJudge : IOutcomeJudge
    {
        private readonly OutcomeJudge inner = new();

        public int Asked { get; private set; }

        public IReadOnlyList<JudgeMode> ModesFor(TaskSpec task) => inner.ModesFor(task);

        public bool Accepts(TaskSpec task, EnvironmentPackage package, TrialOutcome outcome, JudgeMode mode)
        {
            Asked++;
            return inner.Accepts(task, package, outcome, mode);
        }
    }
}
