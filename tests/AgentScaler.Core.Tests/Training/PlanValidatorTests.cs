using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Core.Tests.Datasets;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Writers;
using AgentScaler.Training;

namespace AgentScaler.Core.Tests.Training;

public sealed class PlanValidatorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task ValidateAsync_PlanSoundAndCorrupted_NamesFileLineAndPlace()
    {
        using var campaign = new LibraryCampaign();
        await campaign.RunAsync(4);
        var settings = new PhaseSettings { Targets = ["domain-2"], Formats = [ExportFormat.OpenAi, ExportFormat.Trl, ExportFormat.LlamaFactory, ExportFormat.Parquet] };
        var plan = await PhaseBuilder.RunAsync(campaign.Directory, folder.Path, settings, CancellationToken.None);
        Assert.Empty(await CheckAsync());

        foreach (var phase in plan.Phases)
        {
            var place = folder.File($"{phase.Name}/llama-factory");
            var listed = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(place, "dataset_info.json"))).RootElement;
            Assert.Equal(["test", "test_validation"], listed.EnumerateObject().Select(dataset => dataset.Name));
            Assert.All(listed.EnumerateObject(), dataset => Assert.True(File.Exists(Path.Combine(place, dataset.Value.GetProperty("file_name").GetString()!))));
        }

        await File.WriteAllTextAsync(folder.File("phase1/train.qwen3.jsonl"), "{}\n");
        await File.WriteAllTextAsync(folder.File("notes.txt"), "mine");
        Assert.Empty(await CheckAsync());
        Directory.CreateDirectory(folder.File("phase1/axolotl"));
        await File.WriteAllTextAsync(folder.File("phase1/axolotl/train.jsonl"), "{}\n");
        var left = Assert.Single(await CheckAsync());
        Assert.Equal(("phase1/axolotl/train.jsonl", 0), (left.File, left.Line));
        File.Delete(folder.File("phase1/axolotl/train.jsonl"));

        await ChangeAsync("phase1/openai/train.jsonl", "\"weight\":1", "\"weight\":2");
        Assert.Contains(await CheckAsync(), problem => problem is { File: "phase1/openai/train.jsonl", Line: 3 } && problem.Path.EndsWith(".weight", StringComparison.Ordinal));

        var validation = plan.Environments["validation"][0];
        var train = plan.Environments["train"][0];
        await ChangeAsync("phase1/validation.jsonl", $"\"environment\":\"{validation}\"", $"\"environment\":\"{train}\"");
        Assert.Contains(await CheckAsync(), problem => problem is { File: "phase1/validation.jsonl", Line: 3, Path: "$.metadata.environment" });

        File.Delete(folder.File("heldout.jsonl"));
        var problems = await CheckAsync();
        Assert.Contains(problems, problem => problem is { File: "heldout.jsonl", Line: 0 });
        Assert.Contains(problems, problem => problem.File == "phase1/openai/train.jsonl" && problem.Expected.Contains("SHA-256", StringComparison.Ordinal));

        await File.WriteAllTextAsync(folder.File(FinetunePlan.FileName), "{}");
        Assert.Equal(FinetunePlan.FileName, Assert.Single(await CheckAsync()).File);
        File.Delete(folder.File(FinetunePlan.FileName));
        Assert.Equal(FinetunePlan.FileName, Assert.Single(await CheckAsync()).File);
    }

    [Fact]
    public async Task ValidateAsync_PlanChangedByHand_NamesThePlace()
    {
        using var campaign = new LibraryCampaign();
        await campaign.RunAsync(4);
        await PhaseBuilder.RunAsync(campaign.Directory, folder.Path, new PhaseSettings { Targets = ["domain-2"], Formats = [ExportFormat.OpenAi] }, CancellationToken.None);
        var file = folder.File(FinetunePlan.FileName);
        var text = await File.ReadAllTextAsync(file);
        await PlanAsync(plan => plan["environments"]!["held-out"]!.AsArray().Add(plan["environments"]!["train"]![0]!.DeepClone()), "$.environments.train", "that is in held-out too");
        await PlanAsync(plan => plan["phases"] = null, "$.phases", "expected a plan");
        await PlanAsync(plan => plan["phases"]![1] = null, "$.phases[1]", "found null");
        await PlanAsync(plan => plan["phases"]![0]!["formats"]![0] = null, "$.phases[0].formats", "found null");
        await PlanAsync(plan => plan["phases"]![0]!["training"] = null, "$.phases[0].training", "expected a plan");
        await PlanAsync(plan => plan["environments"]!["train"] = null, "$.environments.train", "found null");

        async Task PlanAsync(Action<JsonNode> change, string place, string expected)
        {
            var plan = JsonNode.Parse(text)!;
            change(plan);
            await File.WriteAllTextAsync(file, plan.ToJsonString());
            var problem = Assert.Single(await CheckAsync());
            Assert.Equal((FinetunePlan.FileName, place), (problem.File, problem.Path));
            Assert.Contains(expected, problem.Expected, StringComparison.Ordinal);
        }
    }

    public void Dispose() => folder.Dispose();

    private Task<IReadOnlyList<DatasetProblem>> CheckAsync() => PlanValidator.ValidateAsync(folder.Path, CancellationToken.None);

    /// <summary>Changes the third line of a file.</summary>
    private async Task ChangeAsync(string file, string old, string changed)
    {
        var lines = await File.ReadAllLinesAsync(folder.File(file));
        Assert.Contains(old, lines[2], StringComparison.Ordinal);
        lines[2] = lines[2].Replace(old, changed, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.File(file), string.Join('\n', lines) + "\n");
    }
}
