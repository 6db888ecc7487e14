using System.Text.Json;
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
