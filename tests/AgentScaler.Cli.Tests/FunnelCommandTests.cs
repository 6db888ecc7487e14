using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Rescoring;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Cli.Tests;

/// <summary>The funnel shown and run again, and people's decisions on it, as a user does it.</summary>
[Collection(SmallRunCollection.Name)]
public sealed class FunnelCommandTests(FunnelCommandTests.SmallRun run)
{
    private static readonly string[] DataFiles = ["dataset/canonical.jsonl", "rejected.jsonl", "dataset/preferences.jsonl", "dataset/difficulty.jsonl", "dataset/tasks.jsonl", "dataset/funnel.json", "dataset/manifest.json", "dataset/README.md"];

    [Fact]
    public async Task Funnel_Campaign_ShowsStagesAndDomains()
    {
        var text = await RunAsync("funnel", run.Folder);
        Assert.Contains("state-alignment", text, StringComparison.Ordinal);
        Assert.Contains("per domain", text, StringComparison.Ordinal);
        Assert.Contains("tasks by difficulty: easy", text, StringComparison.Ordinal);
        var report = JsonDocument.Parse(await RunAsync("funnel", run.Folder, "--json")).RootElement;
        Assert.Equal(report.GetProperty("total").GetProperty("kept").GetInt64(), Lines(run.Folder, "dataset/canonical.jsonl").Length);
        Assert.Equal(JsonValueKind.Array, report.GetProperty("difficulty").GetProperty("passK").ValueKind);
    }

    [Fact]
    public async Task Rescore_SameSettings_ChangesNothing_ByteForByte()
    {
        using var folder = new TemporaryFolder();
        var report = JsonDocument.Parse(await RunAsync("funnel", run.Folder, "--rescore", "--out", folder["again"], "--json")).RootElement;
        Assert.Empty(report.GetProperty("changes").EnumerateObject());
        Assert.Empty(report.GetProperty("skipped").EnumerateArray());
        foreach (var file in DataFiles)
        {
            Assert.Equal(Read(run.Folder, file), Read(folder["again"], file));
        }

        Assert.False(Directory.Exists(Path.Combine(folder["again"], ".rescore")));
        Assert.Contains("the dataset is valid", await RunAsync("dataset", "validate", folder["again"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rescore_OtherSettings_ShowsWhatChangesAndWritesThatDataset()
    {
        using var folder = new TemporaryFolder();
        var report = JsonDocument.Parse(await RunAsync(
            "funnel", run.Folder, "--rescore", "--match", "superset-reads", "--set", "errorQuota=0", "requireConfirmation=false", "--out", folder["other"], "--json")).RootElement;
        var changes = report.GetProperty("changes").EnumerateObject().ToDictionary(change => change.Name, change => change.Value.GetInt64());
        Assert.Contains("kept -> error-quota", changes.Keys);
        Assert.Contains("unconfirmed -> kept", changes.Keys);
        var after = report.GetProperty("after").GetProperty("kept").GetInt64();
        Assert.Equal(after, Lines(folder["other"], "dataset/canonical.jsonl").Length);
        Assert.Equal(
            after,
            report.GetProperty("before").GetProperty("kept").GetInt64() + changes.Where(change => change.Key.EndsWith("-> kept", StringComparison.Ordinal)).Sum(change => change.Value)
                - changes.Where(change => change.Key.StartsWith("kept ->", StringComparison.Ordinal)).Sum(change => change.Value));
        Assert.Contains("the dataset is valid", await RunAsync("dataset", "validate", folder["other"]), StringComparison.Ordinal);
        Assert.Contains("verdicts changed", await RunAsync("funnel", run.Folder, "--rescore", "--match", "unordered-reads"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rescore --match loose", "$.identity.funnel.match")]
    [InlineData("--rescore --set errorQuota=2", "$.identity.funnel.errorQuota")]
    [InlineData("--rescore --set noSuch=1", "$.identity.funnel.noSuch")]
    [InlineData("--rescore --set errorQuota", "expected NAME=VALUE")]
    [InlineData("--match strict", "go with --rescore")]
    public async Task Rescore_WrongSettings_AreNamed(string options, string message)
    {
        var outcome = await AgentscalerProcess.RunAsync(["funnel", run.Folder, .. options.Split(' ')]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rescore_FolderInUse_OrUnfinishedCampaign_IsRefused()
    {
        var own = await AgentscalerProcess.RunAsync("funnel", run.Folder, "--rescore", "--out", run.Folder);
        Assert.Equal(2, own.ExitCode);
        Assert.Contains("is not empty", own.Error, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        Copy(run.Folder, folder["cut"]);
        Directory.Delete(Path.Combine(folder["cut"], "artifacts", "steps", "datasets.assemble"), recursive: true);
        var cut = await AgentscalerProcess.RunAsync("funnel", folder["cut"], "--rescore");
        Assert.Equal(2, cut.ExitCode);
        Assert.Contains("was not run to its end by this version", cut.Error, StringComparison.Ordinal);
        Assert.Contains("datasets.assemble", cut.Error, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder["cut"], "dataset", "manifest.json"), "{\"steps\":");
        var unreadable = await AgentscalerProcess.RunAsync("funnel", folder["cut"], "--rescore");
        Assert.Equal(2, unreadable.ExitCode);
        Assert.Contains("was not run to its end by this version", unreadable.Error, StringComparison.Ordinal);
        Assert.Contains("its manifest.json can't be read", unreadable.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rescore_DamagedEpisodesAndChangedPackages_AreNamedAndLeftOut()
    {
        using var folder = new TemporaryFolder();
        Copy(run.Folder, folder["broken"]);
        var shard = Directory.GetFiles(Path.Combine(folder["broken"], "artifacts"), "episodes.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        var lines = File.ReadAllLines(shard);
        var old = JsonNode.Parse(lines[0])!;
        old.AsObject().Remove("finalHash");
        lines[0] = old.ToJsonString();
        Rewrite(shard, lines);
        var programs = Directory.GetFiles(Path.Combine(folder["broken"], "artifacts"), "*.js", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(".insert(", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var (edited, unsigned) = (programs[0], programs[^1]);
        Assert.NotEqual(Path.GetDirectoryName(edited), Path.GetDirectoryName(unsigned));
        var signed = Hash(edited);
        Edit(edited);
        var manifest = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(edited))!, "manifest.json");
        Rewrite(manifest, [File.ReadAllText(manifest).Replace(signed, Hash(edited), StringComparison.Ordinal)]);
        Edit(unsigned);

        var outcome = await AgentscalerProcess.RunAsync("funnel", folder["broken"], "--rescore", "--json", "--out", folder["out"]);
        Assert.Equal(1, outcome.ExitCode);
        var report = JsonDocument.Parse(outcome.Output).RootElement;
        var skipped = report.GetProperty("skipped").EnumerateArray().Select(skip => skip.ToString()).ToList();
        Assert.Contains(skipped, skip => skip.Contains("episodes.jsonl:1", StringComparison.Ordinal) && skip.Contains("finalHash", StringComparison.Ordinal));
        Assert.Contains(skipped, skip => skip.Contains("task-", StringComparison.Ordinal) && skip.Contains("the package changed since", StringComparison.Ordinal));
        Assert.Contains(skipped, skip => skip.Contains("judgement.json", StringComparison.Ordinal) && skip.Contains(Path.GetFileName(unsigned), StringComparison.Ordinal));
        Assert.DoesNotContain(skipped, skip => skip.Contains("unknown task", StringComparison.Ordinal));
        Assert.Equal(skipped.Count, skipped.Distinct().Count());
        var judgements = Directory.GetFiles(Path.Combine(folder["broken"], "artifacts", "steps", "funnel.judge"), "judgement.json", SearchOption.AllDirectories).Length;
        AssertTells(report, folder["out"], judgements - 1);

        // Tasks that the package disproves are in none of the dataset's files.
        var disproved = report.GetProperty("skipped").EnumerateArray().Select(skip => skip.GetProperty("place").GetString()!).Where(place => place.StartsWith("task-", StringComparison.Ordinal)).ToHashSet();
        var tasks = Rows(folder["out"], "dataset/tasks.jsonl");
        var environment = JsonNode.Parse(File.ReadAllText(manifest))!["id"]!.GetValue<string>();
        Assert.Contains(tasks, task => task.GetProperty("environment").GetString() == environment);
        Assert.DoesNotContain(tasks, task => disproved.Contains(task.GetProperty("task").GetString()!));
        var written = JsonDocument.Parse(Read(folder["out"], "dataset/manifest.json")).RootElement;
        var counts = written.GetProperty("counts");
        Assert.InRange(counts.GetProperty("tasksLeftOut").GetInt64(), 0, counts.GetProperty("tasks").GetInt64());
        Assert.Equal(counts.GetProperty("tasks").GetInt64(), written.GetProperty("coverage").GetProperty("byLength").EnumerateObject().Sum(length => length.Value.GetInt64()));
        Assert.Contains("the dataset is valid", await RunAsync("dataset", "validate", folder["out"]), StringComparison.Ordinal);

        // An environment that can't be written is one of those skipped.
        File.Delete(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(manifest))!, "dependencies.json"));
        var again = await AgentscalerProcess.RunAsync("funnel", folder["broken"], "--rescore", "--json", "--out", folder["again"]);
        AssertTells(JsonDocument.Parse(again.Output).RootElement, folder["again"], judgements - 2);

        static void AssertTells(JsonElement report, string dataset, int environments)
        {
            Assert.Equal(environments, report.GetProperty("environments").GetInt32());
            Assert.Equal(report.GetProperty("after").GetProperty("episodes").GetInt64(), Lines(dataset, "dataset/canonical.jsonl").Length + Lines(dataset, "rejected.jsonl").Length);
        }

        static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

        static void Edit(string file) => Rewrite(file, [File.ReadAllText(file).Replace(".insert(", ".all(); throw env.error('gone', 'no more'); db.x.insert(", StringComparison.Ordinal)]);
    }

    /// <summary>A call that no task's gold makes and that never ends now: only judging the episode finds it.</summary>
    [Fact]
    public async Task Rescore_CallThatHitsALimitEveryTime_SkipsItsEnvironmentAndGoesOn()
    {
        using var copy = new TemporaryFolder();
        Copy(run.Folder, copy["slow"]);
        var artifacts = Path.Combine(copy["slow"], "artifacts");
        var judgements = Directory.GetFiles(Path.Combine(artifacts, "steps", "funnel.judge"), "judgement.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement).ToList();
        var slow = judgements.Select(judgement => (Judgement: judgement, Call: BesideGold(artifacts, judgement))).First(item => item.Call is not null);
        var package = Path.Combine(artifacts, Path.GetDirectoryName(slow.Judgement.GetProperty("outcome").GetString()!)!, "package");
        var program = Path.Combine(package, "programs", slow.Call!.Value.Tool + ".js");
        var manifest = Path.Combine(package, "manifest.json");
        var signed = Hash(program);
        var body = File.ReadAllText(program);
        var at = body.IndexOf('{', StringComparison.Ordinal) + 1;
        Rewrite(program, [$"{body[..at]} if (Object.keys(args).sort().map(key => key + '=' + args[key]).join() === {JsonSerializer.Serialize(slow.Call.Value.Arguments)}) {{ for (;;) {{ }} }} {body[at..]}"]);
        Rewrite(manifest, [File.ReadAllText(manifest).Replace(signed, Hash(program), StringComparison.Ordinal)]);

        using var folder = CampaignFolder.OpenExisting(copy["slow"]);
        using var engine = new EnvironmentEngine(new EngineOptions { CallTimeout = TimeSpan.FromSeconds(1) }, TimeProvider.System);
        var report = await new Rescorer(folder, engine, folder.Document.Identity.Funnel).RunAsync(null, null, CancellationToken.None);

        Assert.Contains(report.Skipped, skip => skip.Place.EndsWith("judgement.json", StringComparison.Ordinal) && skip.Reason.Contains($"tool '{slow.Call.Value.Tool}'", StringComparison.Ordinal));
        Assert.Equal(judgements.Count - 1, report.Environments);
        var others = judgements.Where(judgement => judgement.GetProperty("outcome").GetString() != slow.Judgement.GetProperty("outcome").GetString());
        Assert.Equal(others.Sum(judgement => judgement.GetProperty("funnel").GetProperty("counts").GetProperty("episodes").GetInt64()), report.Before.Episodes);
        Assert.Equal(report.Before.Episodes, report.After.Episodes);

        static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
    }

    /// <summary>A call with texts as arguments that an episode made and no task's gold of its tool; null where there is none.</summary>
    private static (string Tool, string Arguments)? BesideGold(string artifacts, JsonElement judgement)
    {
        var gold = Records(judgement.GetProperty("tasks").GetString()!).SelectMany(task => task.GetProperty("gold").EnumerateArray()).Select(Said).ToHashSet();
        return judgement.GetProperty("episodes").EnumerateArray().SelectMany(shard => Records(shard.GetString()!)).SelectMany(episode => episode.GetProperty("calls").EnumerateArray())
            .Where(call => !call.GetProperty("isError").GetBoolean() && call.GetProperty("arguments") is { ValueKind: JsonValueKind.Object } arguments && arguments.EnumerateObject().Any()
                && arguments.EnumerateObject().All(argument => argument.Value.ValueKind == JsonValueKind.String))
            .Select(call => ((string, string)?)Said(call)).FirstOrDefault(call => !gold.Contains(call!.Value));

        IEnumerable<JsonElement> Records(string name) => File.ReadLines(Path.Combine(artifacts, name)).Select(line => JsonDocument.Parse(line).RootElement);

        static (string Tool, string Arguments) Said(JsonElement call) => (call.GetProperty("tool").GetString()!,
            string.Join(',', call.GetProperty("arguments").EnumerateObject().OrderBy(argument => argument.Name, StringComparer.Ordinal).Select(argument => argument.Name + "=" + argument.Value)));
    }

    [Fact]
    public async Task Review_Decisions_MakeAnotherDatasetAndLeaveTheMachinesAsItIs()
    {
        using var folder = new TemporaryFolder();
        var campaign = folder["campaign"];
        Copy(run.Folder, campaign);
        var before = Read(campaign, "dataset/canonical.jsonl");
        var kept = Rows(campaign, "dataset/canonical.jsonl");
        var rejected = Rows(campaign, "rejected.jsonl");
        var (accept, reject, task) = (Metadata(rejected[0], "episode"), Metadata(kept[0], "episode"), Metadata(kept[^1], "task"));
        var tool = $"{Metadata(kept[1], "environment")}/{kept[1].GetProperty("messages").EnumerateArray().First(message => message.TryGetProperty("tool_calls", out _)).GetProperty("tool_calls")[0].GetProperty("function").GetProperty("name").GetString()}";
        await RunAsync("review", campaign, "accept", accept, "--reason", "--force was meant", "--by", "ann");
        await RunAsync("review", campaign, "reject", reject, "--reason", "rude");
        await RunAsync("review", campaign, "quarantine", "task", task, "--reason", "makes no sense");
        await RunAsync("review", campaign, "quarantine", "tool", tool, "--reason", "wrong", "--by", "bo");
        await RunAsync("review", campaign, "undo", tool);
        await RunAsync("review", campaign, "accept", reject, "--reason", "not so rude");
        await RunAsync("review", campaign, "reject", reject, "--reason", "rude after all");

        var standing = JsonDocument.Parse(await RunAsync("review", campaign, "list", "--json")).RootElement.EnumerateArray().Select(entry => entry.GetProperty("decision").GetString()).ToList();
        Assert.Equal(["accept", "reject", "quarantine-task"], standing);

        var warned = await AgentscalerProcess.RunAsync("dataset", "export", campaign, "--format", "axolotl", "--out", folder["export"]);
        Assert.Contains("3 decisions of people are not in it", warned.Error, StringComparison.Ordinal);

        await RunAsync("review", campaign, "apply", "--out", folder["reviewed"]);
        Assert.Equal(before, Read(campaign, "dataset/canonical.jsonl"));
        var now = Rows(folder["reviewed"], "dataset/canonical.jsonl").ToDictionary(row => Metadata(row, "episode"));
        Assert.DoesNotContain(reject, now.Keys);
        Assert.DoesNotContain(now.Values, row => Metadata(row, "task") == task);
        var review = now[accept].GetProperty("metadata").GetProperty("review");
        Assert.Equal(("accept", "--force was meant", "ann"), (review.GetProperty("decision").GetString(), review.GetProperty("reason").GetString(), review.GetProperty("by").GetString()));
        Assert.Contains(": ", review.GetProperty("machine").GetString(), StringComparison.Ordinal);
        Assert.All(now.Where(row => row.Key != accept), row => Assert.Equal("none", row.Value.GetProperty("metadata").GetProperty("review").GetProperty("decision").GetString()));
        var turnedDown = Rows(folder["reviewed"], "rejected.jsonl").Where(row => row.GetProperty("verdict").GetProperty("stage").GetString() == "review").ToList();
        Assert.Contains(turnedDown, row => Metadata(row, "episode") == reject && row.GetProperty("verdict").GetProperty("reason").GetString() == "review-rejected");
        Assert.Contains(turnedDown, row => row.GetProperty("verdict") is var verdict && verdict.GetProperty("reason").GetString() == "task-quarantined" && verdict.GetProperty("attribution").GetString() == "task");
        Assert.Contains("the dataset is valid", await RunAsync("dataset", "validate", folder["reviewed"]), StringComparison.Ordinal);
        Assert.Contains("People decided on", Read(folder["reviewed"], "dataset/README.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accept", "episode-none", "is no episode")]
    [InlineData("quarantine task", "task-none", "is no task")]
    [InlineData("quarantine tool", "no_such_tool", "is no tool")]
    [InlineData("undo", "episode-none", "nothing was decided")]
    public async Task Review_UnknownIds_AreNamed(string action, string id, string message)
    {
        string[] reason = action == "undo" ? [] : ["--reason", "why not"];
        var outcome = await AgentscalerProcess.RunAsync(["review", run.Folder, .. action.Split(' '), id, .. reason]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains($"'{id}'", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run.Folder, "reviews.jsonl")));
    }

    [Fact]
    public async Task Run_WithAPlansMoreTrials_AddsThemAndKeepsTheOthers()
    {
        using var folder = new TemporaryFolder();
        var plan = JsonNode.Parse(Read(run.Folder, "dataset/difficulty.plan.json"))!["moreTrials"]!.AsObject();
        var some = new JsonObject(plan.Take(3).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(2)))) { ["task-gone"] = 1 };
        var document = JsonNode.Parse(SmallRun.Document)!;
        document["identity"]!["episodes"]!["moreTrials"] = some;
        var answer = JsonDocument.Parse(await RunAsync("run", folder.Write("campaign.json", document.ToJsonString()), "--out", folder["more"], "--json")).RootElement.GetProperty("summary");
        Assert.Equal("task-gone", Assert.Single(answer.GetProperty("unknownTasks").EnumerateArray()).GetString());
        var (before, after) = (Ids(run.Folder), Ids(folder["more"]));
        Assert.Subset(after, before);
        Assert.Equal(before.Count + 6, after.Count);
    }

    private static HashSet<string> Ids(string folder) =>
        [.. Rows(folder, "dataset/canonical.jsonl").Concat(Rows(folder, "rejected.jsonl")).Select(row => Metadata(row, "episode"))];

    private static string Metadata(JsonElement row, string name) => row.GetProperty("metadata").GetProperty(name).GetString()!;

    private static List<JsonElement> Rows(string folder, string file) => [.. Lines(folder, file).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string[] Lines(string folder, string file) => Read(folder, file).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Read(string folder, string file) => File.ReadAllText(Path.Combine([folder, .. file.Split('/')]));

    /// <summary>Artifacts are hard links or read-only on some systems: the file is made anew.</summary>
    private static void Rewrite(string path, IEnumerable<string> lines)
    {
        File.Delete(path);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }

    private static void Copy(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var outcome = await AgentscalerProcess.RunAsync(arguments);
        Assert.True(outcome.ExitCode == 0, outcome.Error + outcome.Output);
        return outcome.Output;
    }

    /// <summary>A small campaign over the sample catalogue.</summary>
    public sealed class SmallRun : IAsyncLifetime
    {
        internal const string Document = """{"identity":{"seed":3,"tasks":{"perEnvironment":8},"episodes":{"trials":4}}}""";

        private readonly TemporaryFolder folder = new();

        public string Folder => folder["campaign"];

        public async Task InitializeAsync()
        {
            var outcome = await AgentscalerProcess.RunAsync("run", folder.Write("small.json", Document), "--out", Folder);
            Assert.True(outcome.ExitCode == 0, outcome.Error);
        }

        public Task DisposeAsync()
        {
            folder.Dispose();
            return Task.CompletedTask;
        }
    }
}
