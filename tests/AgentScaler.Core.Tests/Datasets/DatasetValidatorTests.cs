using System.Text.Json.Nodes;
using AgentScaler.Datasets;
using AgentScaler.Determinism;

namespace AgentScaler.Core.Tests.Datasets;

public sealed class DatasetValidatorTests(DatasetValidatorTests.Sound sound) : IClassFixture<DatasetValidatorTests.Sound>
{
    public static TheoryData<string, string> Corruptions => new()
    {
        { "not-json", "$" },
        { "missing-key", "$.metadata.task" },
        { "extra-key", "$.surplus" },
        { "null-value", "$.metadata.trial" },
        { "other-type", "$.metadata.trial" },
        { "two-users", "$.messages[2].role" },
        { "no-system", "$.messages[0].role" },
        { "unanswered", ".tool_calls[0]" },
        { "orphan", ".tool_call_id" },
        { "wrong-tool-name", ".name" },
        { "text-arguments", ".function.arguments" },
        { "invalid-arguments", ".function.arguments" },
        { "unknown-tool", ".function.name" },
        { "last-is-tool", "$.messages" },
        { "train-user", "$.messages[1].train" },
        { "train-missing", "$.messages[1].train" },
        { "duplicate-row", "$.metadata.episode" },
        { "unsorted", "$.metadata.episode" },
        { "bad-schema", "$.tools[0]" },
        { "message-key", "$.messages[1].weight" },
    };

    [Fact]
    public async Task ValidateAsync_SoundDataset_HasNoProblems()
    {
        Assert.Empty(await DatasetValidator.ValidateAsync(sound.Campaign.Directory, CancellationToken.None));
        Assert.Empty(await DatasetValidator.ValidateAsync(Path.Combine(sound.Campaign.Directory, "dataset"), CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Corruptions))]
    public async Task ValidateAsync_CorruptRow_NamesFileLineAndPlace(string corruption, string place)
    {
        var lines = sound.Campaign.ReadFile("dataset/canonical.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var row = JsonNode.Parse(lines[1])!.AsObject();
        var messages = row["messages"]!.AsArray();
        var call = messages.First(message => message!["tool_calls"] is not null)!;
        var function = call["tool_calls"]![0]!["function"]!;
        var result = messages.First(message => (string?)message!["role"] == "tool")!;
        string? text = null;
        switch (corruption)
        {
            case "not-json": text = lines[1][..^5]; break;
            case "missing-key": row["metadata"]!.AsObject().Remove("task"); break;
            case "extra-key": row["surplus"] = 1; break;
            case "null-value": row["metadata"]!["trial"] = null; break;
            case "other-type": row["metadata"]!["trial"] = "0"; break;
            case "two-users": messages.Insert(2, messages[1]!.DeepClone()); break;
            case "no-system": messages.RemoveAt(0); break;
            case "unanswered": messages.Remove(result); break;
            case "orphan": result["tool_call_id"] = "call-other"; break;
            case "wrong-tool-name": result["name"] = "other"; break;
            case "text-arguments": function["arguments"] = "{}"; break;
            case "invalid-arguments": function["arguments"] = new JsonObject { ["surplus"] = true }; break;
            case "unknown-tool": function["name"] = "other"; result["name"] = "other"; break;
            case "last-is-tool": messages.RemoveAt(messages.Count - 1); break;
            case "train-user": messages[1]!["train"] = true; break;
            case "train-missing": messages[1]!.AsObject().Remove("train"); break;
            case "duplicate-row": text = lines[0]; break;
            case "unsorted": (lines[1], lines[2]) = (lines[2], lines[1]); text = lines[1]; break;
            case "bad-schema": row["tools"]![0]!["function"]!["parameters"] = "none"; break;
            case "message-key": messages[1]!["weight"] = 1; break;
        }

        lines[1] = text ?? row.ToJsonString();
        var problems = await CheckAsync(string.Concat(lines.Select(line => line + "\n")));
        var line = corruption == "unsorted" ? 3 : 2;
        Assert.True(
            problems.Any(problem => problem.File == "dataset/canonical.jsonl" && problem.Line == line && problem.Path.EndsWith(place, StringComparison.Ordinal)),
            string.Join('\n', problems));
        Assert.All(problems.Where(problem => problem.Line > 0), problem => Assert.Equal(line, problem.Line));
    }

    [Fact]
    public async Task ValidateAsync_BytesOtherThanTheManifestSays_IsReported()
    {
        var problems = await CheckAsync(sound.Campaign.ReadFile("dataset/canonical.jsonl") + "\n", fixManifest: false);
        Assert.Contains(problems, problem => problem.Expected.Contains("SHA-256", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Expected.Contains("bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ValidateAsync_MissingRow_IsReportedAgainstTheManifest()
    {
        var text = sound.Campaign.ReadFile("dataset/canonical.jsonl");
        var problem = Assert.Single(await CheckAsync(text[..(text.TrimEnd('\n').LastIndexOf('\n') + 1)]));
        Assert.Matches(@"expected \d+ rows as the manifest says, found \d+", problem.Expected);
    }

    [Fact]
    public async Task ValidateAsync_NoManifest_IsOneProblem() =>
        Assert.Equal("dataset/manifest.json", Assert.Single(await DatasetValidator.ValidateAsync(sound.Campaign.Directory + "-none", CancellationToken.None)).File);

    [Fact]
    public async Task ValidateAsync_FileFullOfProblems_DoesNotHideThoseOfTheNext()
    {
        using var copy = new Storage.TemporaryFolder();
        Copy(copy.Path);
        foreach (var (file, key, changed) in new[] { ("dataset/canonical.jsonl", "\"role\":", "\"weight\":1,\"role\":"), ("rejected.jsonl", "\"verdict\":", "\"verdicts\":") })
        {
            await File.WriteAllTextAsync(copy.File(file), (await File.ReadAllTextAsync(copy.File(file))).Replace(key, changed, StringComparison.Ordinal));
        }

        var problems = await DatasetValidator.ValidateAsync(copy.Path, CancellationToken.None);
        Assert.Contains(problems, problem => problem.File == "dataset/canonical.jsonl" && problem.Expected.StartsWith("more than 200", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem is { File: "rejected.jsonl", Line: 3 });
    }

    [Theory]
    [InlineData("dataset/openai")]
    [InlineData("exports")]
    public async Task ValidateAsync_FolderOfAnotherManifest_IsOneProblem(string name)
    {
        using var copy = new Storage.TemporaryFolder();
        Copy(copy.Path);
        Directory.CreateDirectory(copy.File(name));
        File.Copy(copy.File("dataset/manifest.json"), copy.File(name + "/manifest.json"));
        var problem = Assert.Single(await DatasetValidator.ValidateAsync(copy.File(name) + "/", CancellationToken.None));
        Assert.Contains("to be a campaign's folder, its folder 'dataset'", problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ValidateAsync_MissingFile_IsReported()
    {
        using var copy = new Storage.TemporaryFolder();
        Copy(copy.Path);
        File.Delete(copy.File("rejected.jsonl"));
        Assert.Equal("rejected.jsonl", Assert.Single(await DatasetValidator.ValidateAsync(copy.Path, CancellationToken.None)).File);
    }

    /// <summary>Validates a copy of the sound dataset with other rows; the manifest is made to agree with their bytes.</summary>
    private async Task<IReadOnlyList<DatasetProblem>> CheckAsync(string rows, bool fixManifest = true)
    {
        using var copy = new Storage.TemporaryFolder();
        Copy(copy.Path);
        await File.WriteAllTextAsync(Path.Combine(copy.Path, "dataset", "canonical.jsonl"), rows);
        if (fixManifest)
        {
            var path = Path.Combine(copy.Path, "dataset", "manifest.json");
            var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
            var file = manifest["files"]!.AsArray().Single(file => (string?)file!["path"] == "dataset/canonical.jsonl")!;
            file["sha256"] = Sha256Text.Of(rows);
            file["bytes"] = System.Text.Encoding.UTF8.GetByteCount(rows);
            await File.WriteAllTextAsync(path, manifest.ToJsonString());
        }

        return await DatasetValidator.ValidateAsync(copy.Path, CancellationToken.None);
    }

    private void Copy(string target)
    {
        foreach (var file in Directory.EnumerateFiles(sound.Campaign.Directory, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(target, Path.GetRelativePath(sound.Campaign.Directory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
    }

    /// <summary>A sound dataset, made once.</summary>
    public sealed class Sound : IAsyncLifetime
    {
        internal LibraryCampaign Campaign { get; } = new();

        public Task InitializeAsync() => Campaign.RunAsync(2);

        public Task DisposeAsync()
        {
            Campaign.Dispose();
            return Task.CompletedTask;
        }
    }
}
