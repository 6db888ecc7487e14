using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentScaler.Cli.Tests;

public sealed class SampleRunTests(SampleRun sample) : IClassFixture<SampleRun>
{
    [Fact]
    public void Run_WithoutArguments_MakesWhatTheReadmePromises()
    {
        Assert.True(sample.Stage("environments").Out >= 6, "environments");
        Assert.True(sample.Stage("tasks").Out >= 150, "tasks");
        Assert.True(sample.Stage("funnel: validity").In >= 600, "episodes");
        Assert.True(sample.Summary.GetProperty("kept").GetInt64() >= 150, "kept");
    }

    [Theory]
    [InlineData("validity")]
    [InlineData("state-alignment")]
    [InlineData("exact-match")]
    public void Run_Sample_RejectsInEveryStageOfTheFunnel(string stage)
    {
        var (into, outOf) = sample.Stage("funnel: " + stage);
        Assert.True(into - outOf >= 20, string.Create(CultureInfo.InvariantCulture, $"{stage} rejected {into - outOf}"));
    }

    [Fact]
    public void Run_Sample_KeepsNoInjectedStateErrorAndNearlyAllCleanEpisodes()
    {
        var confusion = sample.Summary.GetProperty("confusion");
        Assert.True(confusion.GetProperty("stateErrors").GetInt64() >= 100);
        Assert.Equal(0, confusion.GetProperty("stateErrorsKept").GetInt64());
        Assert.True(confusion.GetProperty("cleanKept").GetInt64() >= 0.95 * confusion.GetProperty("clean").GetInt64());
    }

    [Theory]
    [InlineData("wrong-argument")]
    [InlineData("wrong-order")]
    [InlineData("skipped-step")]
    [InlineData("needless-write")]
    [InlineData("invalid-call-recovered")]
    [InlineData("early-stop")]
    [InlineData("repetition")]
    [InlineData("write-and-undo")]
    public void Run_Sample_InjectsEveryKindOfMistake(string kind)
    {
        Assert.Contains(sample.Summary.GetProperty("confusion").GetProperty("rows").EnumerateArray(), row => row.GetProperty("fault").GetString() == kind);
    }

    [Fact]
    public void Run_WriteAndUndoOnReadOnlyGold_IsNeverKept()
    {
        var row = sample.Summary.GetProperty("confusion").GetProperty("rows").EnumerateArray()
            .Single(row => row.GetProperty("fault").GetString() == "write-and-undo" && row.GetProperty("readOnlyGold").GetBoolean());
        Assert.True(row.GetProperty("episodes").GetInt64() >= 10);
        Assert.Equal(0, row.GetProperty("kept").GetInt64());
    }

    [Fact]
    public void Readme_OneRecord_IsARowOfTheSample()
    {
        const string Dots = "...";
        var section = ReadmeTests.Text.Split("## One record")[1];
        var shown = JsonElement.Parse(section.Split("```json")[1].Split("```")[0]);
        var id = shown.GetProperty("metadata").GetProperty("episode").GetString();
        var row = File.ReadLines(Path.Combine(sample.Folder, "dataset", "canonical.jsonl")).Select(line => JsonElement.Parse(line)).SingleOrDefault(row => row.GetProperty("metadata").GetProperty("episode").GetString() == id);
        Assert.True(row.ValueKind == JsonValueKind.Object, $"the README shows {id}, which the sample run did not keep");
        Assert.Contains("\"reasoning_content\"", section, StringComparison.Ordinal);
        AreAlike(shown.GetProperty("messages"), row.GetProperty("messages"), "messages");
        foreach (var member in shown.GetProperty("metadata").EnumerateObject())
        {
            AreAlike(member.Value, row.GetProperty("metadata").GetProperty(member.Name), member.Name);
        }

        // What is shortened has dots where something is left out.
        static void AreAlike(JsonElement shown, JsonElement real, string place)
        {
            Assert.True(shown.ValueKind == real.ValueKind, place);
            switch (shown.ValueKind)
            {
                case JsonValueKind.Object:
                    Assert.Equal(shown.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal), real.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
                    Assert.All(shown.EnumerateObject(), member => AreAlike(member.Value, real.GetProperty(member.Name), $"{place}.{member.Name}"));
                    break;
                case JsonValueKind.Array:
                    Assert.Equal(shown.GetArrayLength(), real.GetArrayLength());
                    Assert.All(shown.EnumerateArray().Index(), item => AreAlike(item.Item, real[item.Index], $"{place}[{item.Index}]"));
                    break;
                case JsonValueKind.String when shown.GetString()!.Contains(Dots, StringComparison.Ordinal):
                    var at = 0;
                    foreach (var part in shown.GetString()!.Split(Dots).Select(part => part.Trim()))
                    {
                        at = real.GetString()!.IndexOf(part, at, StringComparison.Ordinal);
                        Assert.True(at >= 0, $"{place}: '{part}' is not in it");
                    }

                    break;
                default:
                    Assert.Equal(shown.GetRawText(), real.GetRawText());
                    break;
            }
        }
    }

    [Theory]
    [InlineData("qwen3")]
    [InlineData("llama3")]
    public async Task Masks_AThousandTrajectories_TrainWhatTheAssistantSaidAndCalledAndNothingElse(string template)
    {
        var read = 0;
        foreach (var file in new[] { Path.Combine(sample.Folder, "dataset", "canonical.jsonl"), Path.Combine(sample.Folder, "rejected.jsonl") })
        {
            var masks = Path.Combine(sample.Folder, $"{Path.GetFileName(file)}.{template}");
            var outcome = await AgentscalerProcess.RunAsync("dataset", "masks", file, "--template", template, "--out", masks);
            Assert.True(outcome.ExitCode == 0, outcome.Error);
            var tokens = TrainedTokens.Train(File.ReadLines(masks).Take(40), template);
            // Reasoning makes a sample of each of the user's turns.
            using var samples = File.ReadLines(masks).Select(line => JsonElement.Parse(line)).GetEnumerator();
            var more = samples.MoveNext();
            foreach (var record in File.ReadLines(file).Select(line => JsonElement.Parse(line)))
            {
                var episode = record.GetProperty("metadata").GetProperty("episode").GetString();
                var turns = new List<string>();
                for (; more && samples.Current.GetProperty("episode").GetString() == episode; more = samples.MoveNext())
                {
                    turns.AddRange(TrainedTurns.OfSpans(samples.Current, template));
                    tokens.CheckDecoded(samples.Current);
                }

                Assert.Equal(TrainedTurns.OfMessages(record, template), turns);
                read++;
            }

            Assert.False(more, "samples of no trajectory");
        }

        Assert.True(read >= 1000, $"{read} trajectories");
    }

    [Fact]
    public async Task Decontaminate_OwnTaskAsBenchmark_IsFoundAndAnotherIsNot()
    {
        using var folder = new TemporaryFolder();
        var other = folder.Write("other.jsonl", """{"instruction":"You would like the teal kettle swapped for the rust one, or else your money back within three days."}""");
        var clean = await AgentscalerProcess.RunAsync("dataset", "decontaminate", sample.Folder, "--against", other, "--out", folder["clean"]);
        Assert.True(clean.ExitCode == 0, clean.Error);
        Assert.Contains("\n0 of ", "\n" + clean.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var rows = File.ReadLines(Path.Combine(sample.Folder, "dataset", "canonical.jsonl")).Select(line => JsonElement.Parse(line)).ToList();
        var longest = rows.Select(row => row.GetProperty("messages")[1].GetProperty("content").GetString()!).MaxBy(text => text.Length)!;
        var own = folder.Write("own.jsonl", JsonSerializer.Serialize(new { instruction = longest }));
        var found = await AgentscalerProcess.RunAsync("dataset", "decontaminate", sample.Folder, "--against", own, "--out", folder["found"], "--json");
        Assert.Equal(1, found.ExitCode);
        var report = JsonElement.Parse(found.Output);
        Assert.InRange(report.GetProperty("contaminated").GetInt64(), rows.Count(row => row.GetProperty("messages")[1].GetProperty("content").GetString() == longest), rows.Count - 1);
        Assert.Equal("intent", report.GetProperty("findings")[0].GetProperty("kind").GetString());
        var excluded = await AgentscalerProcess.RunAsync("dataset", "decontaminate", sample.Folder, "--against", own, "--mode", "exclude", "--out", folder["excluded"]);
        Assert.True(excluded.ExitCode == 0, excluded.Error);
        var validated = await AgentscalerProcess.RunAsync("dataset", "validate", folder["excluded"]);
        Assert.True(validated.ExitCode == 0, validated.Output);
    }

    [Fact]
    public async Task Phases_SettingsOfTheCampaign_HoldWhereverTheDatasetIsNamedFrom()
    {
        using var folder = new TemporaryFolder();
        var other = folder.Write("other.jsonl", """{"instruction":"You would like the teal kettle swapped for the rust one, or else your money back within three days."}""");
        var excluded = await AgentscalerProcess.RunAsync("dataset", "decontaminate", sample.Folder, "--against", other, "--mode", "exclude", "--out", folder["clean"]);
        Assert.True(excluded.ExitCode == 0, excluded.Error);
        var file = Path.Combine(folder["clean"], "campaign.json");
        var document = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        document["operations"]!["phases"] = new JsonObject { ["targets"] = new JsonArray("books-borrowers"), ["replayShare"] = 0.25 };
        await File.WriteAllTextAsync(file, document.ToJsonString());
        var outcome = await AgentscalerProcess.RunAsync("dataset", "phases", Path.Combine(folder["clean"], "dataset"), "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        var settings = JsonElement.Parse(outcome.Output).GetProperty("settings");
        Assert.Equal(("books-borrowers", 0.25), (settings.GetProperty("targets")[0].GetString(), settings.GetProperty("replayShare").GetDouble()));
    }

    [Fact]
    public async Task Phases_SampleDomain_AreWrittenAndAMisspeltOneNamesTheNearest()
    {
        using var folder = new TemporaryFolder();
        var outcome = await AgentscalerProcess.RunAsync("dataset", "phases", sample.Folder, "--target", "books-borrowers", "--format", "openai", "--out", folder["phases"], "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        var plan = JsonElement.Parse(outcome.Output);
        foreach (var phase in plan.GetProperty("phases").EnumerateArray())
        {
            foreach (var file in new[] { phase.GetProperty("training"), phase.GetProperty("validation"), phase.GetProperty("formats")[0].GetProperty("training") })
            {
                Assert.Equal(file.GetProperty("rows").GetInt32(), File.ReadLines(Path.Combine(folder["phases"], file.GetProperty("path").GetString()!)).Count());
            }
        }

        var misspelt = await AgentscalerProcess.RunAsync("dataset", "phases", sample.Folder, "--target", "book-borrowers", "--out", folder["phases"]);
        Assert.Equal(2, misspelt.ExitCode);
        Assert.Contains("the nearest is 'books-borrowers'", misspelt.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await AgentscalerProcess.RunAsync("dataset", "phases", sample.Folder, "--target", "books-borrowers", "--replay", "0.9")).ExitCode);
    }

    [Fact]
    public async Task Replay_EveryRecordedCall_GivesTheRecordedResultAndStateHash()
    {
        var outcome = await AgentscalerProcess.RunAsync("episodes", "replay", sample.Folder, "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        var report = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal(sample.Stage("funnel: validity").In, report.GetProperty("episodes").GetInt64());
        Assert.Equal(0, report.GetProperty("failedEpisodes").GetInt64());
    }

    [Fact]
    public async Task Validate_DatasetOfTheSample_HasNoProblem()
    {
        var outcome = await AgentscalerProcess.RunAsync("dataset", "validate", sample.Folder);
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
    }

    [Fact]
    public async Task Export_SampleInEveryFormat_IsValidUntilALineIsCorrupted()
    {
        using var folder = new TemporaryFolder();
        var outcome = await AgentscalerProcess.RunAsync("dataset", "export", sample.Folder, "--format", "all", "--out", folder.Path, "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        var formats = JsonElement.Parse(outcome.Output).EnumerateArray().ToDictionary(format => format.GetProperty("format").GetString()!);
        Assert.Equal(["axolotl", "llama-factory", "ms-swift", "nemo-gym", "openai", "openai-dpo", "parquet", "trl", "verl"], formats.Keys.Order(StringComparer.Ordinal));
        Assert.All(formats.Values, format => Assert.True(format.GetProperty("files").GetArrayLength() > 0 || format.TryGetProperty("missing", out _)));
        Assert.Equal(0, (await AgentscalerProcess.RunAsync("dataset", "validate", folder.Path)).ExitCode);

        var file = Path.Combine(folder.Path, "trl", "train.jsonl");
        var lines = await File.ReadAllLinesAsync(file);
        lines[6] = lines[6].Replace("\"role\":\"user\"", "\"role\":\"human\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, string.Join('\n', lines) + "\n");
        outcome = await AgentscalerProcess.RunAsync("dataset", "validate", folder.Path);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("dataset/trl/train.jsonl:7: $.messages[1].role: expected one of system, user, assistant, tool, found 'human'", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnvShow_EnvironmentOfTheSample_ShowsSchemaToolsProgramRowsPolicyAndAudit()
    {
        var list = await AgentscalerProcess.RunAsync("env", "show", sample.Folder, "--list", "--json");
        Assert.True(list.ExitCode == 0, list.Error);
        var kept = JsonDocument.Parse(list.Output).RootElement.EnumerateArray().First(domain => domain.GetProperty("kept").GetBoolean());
        var id = kept.GetProperty("environment").GetString()!;
        var tools = kept.GetProperty("toolsKept").EnumerateArray().Select(tool => tool.GetString()!).ToList();

        var shown = await AgentscalerProcess.RunAsync("env", "show", sample.Folder, "--environment", id, "--program", tools[0]);
        Assert.True(shown.ExitCode == 0, shown.Error);
        Assert.All(
            [id, "erDiagram", "## Tools", "## Rows", $"## Program of {tools[0]}", "## Policy", $"{tools.Count} of {tools.Count} tools pass"],
            part => Assert.Contains(part, shown.Output, StringComparison.Ordinal));

        var json = JsonDocument.Parse((await AgentscalerProcess.RunAsync("env", "show", sample.Folder, "--environment", id, "--programs", "--json")).Output).RootElement;
        Assert.Equal(tools, json.GetProperty("programs").EnumerateObject().Select(program => program.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EnvAudit_OfTheSample_PassesAndNoticesFourOfFiveMutants()
    {
        var outcome = await AgentscalerProcess.RunAsync("env", "audit", sample.Folder, "--mutants", "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        var answer = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal(sample.Stage("environments").Out, answer.GetProperty("environments").GetArrayLength());
        Assert.True(answer.GetProperty("mutation").GetProperty("made").GetInt32() >= 500);
        Assert.True(answer.GetProperty("mutation").GetProperty("score").GetDouble() >= 0.8);
        Assert.True(sample.Summary.GetProperty("mutation").GetProperty("score").GetDouble() >= 0.8);
    }

    [Fact]
    public async Task EnvShow_NoSuchEnvironment_IsWrongUsage()
    {
        var outcome = await AgentscalerProcess.RunAsync("env", "show", sample.Folder, "--environment", "env-none");
        Assert.Equal(CommandLine.WrongUsage, outcome.ExitCode);
        Assert.Contains("env-none", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_KilledAtTenRandomMomentsAndResumed_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var expected = DatasetFiles.Hash(sample.Folder);
        var moments = new Random(20260516);
        var runs = 1;
        for (var kills = 0; kills < 10;)
        {
            // Each attempt goes on where the one before was killed; one that gets to its end is compared, and another campaign begun.
            var moment = sample.Duration * (0.03 + (0.5 * moments.NextDouble()));
            if (AgentscalerProcess.RunAndKill(moment, "run", "--out", folder[$"campaign-{runs}"]))
            {
                kills++;
            }
            else
            {
                Assert.Equal(expected, DatasetFiles.Hash(folder[$"campaign-{runs}"]));
                runs++;
            }
        }

        var outcome = await AgentscalerProcess.RunAsync("run", "--out", folder[$"campaign-{runs}"], "--parallelism", "3");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Equal(expected, DatasetFiles.Hash(folder[$"campaign-{runs}"]));
    }
}
