using System.Text.Json.Nodes;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Decontamination;
using static AgentScaler.Core.Tests.Datasets.Decontamination.KettleBenchmark;

namespace AgentScaler.Core.Tests.Datasets.Decontamination;

/// <summary>What becomes of tasks, of their difficulties and of rejected trajectories when contamination is found.</summary>
public sealed class DecontaminationTaskTests(DatasetValidatorTests.Sound sound) : IClassFixture<DatasetValidatorTests.Sound>, IDisposable
{
    private readonly PlantedDataset dataset = new PlantedDataset(sound.Campaign).WithBenchmark();

    /// <summary>What its user says in one trajectory it may say in all.</summary>
    [Fact]
    public async Task RunAsync_TaskWithoutALine_IsContaminatedByWhatItsUserSays()
    {
        var task = TaskOf(dataset.Rows[3]);
        var kept = dataset.Rows.Count(row => TaskOf(row) == task);
        Assert.True(kept > 1);
        dataset.Unlist(task);
        dataset.PlantText(3, Instruction);
        var report = await dataset.RunAsync();
        Assert.Equal((kept, 1), (report.Contaminated, report.FindingsInAll));

        await dataset.RunAsync(DecontaminationMode.Exclude, dataset.Beside("clean"));
        Assert.DoesNotContain(dataset.Written("clean", "dataset/canonical.jsonl").Concat(dataset.Written("clean", "rejected.jsonl")), row => TaskOf(row) == task);
        Assert.DoesNotContain(dataset.Written("clean", "dataset/difficulty.jsonl"), line => (string?)line["task"] == task);
        await AssertSoundAsync("clean");
    }

    [Fact]
    public async Task RunAsync_RowsOfATaskWithoutALine_ContaminateTheirTrajectoryOnly()
    {
        dataset.Unlist(TaskOf(dataset.Rows[3]));
        dataset.PlantRow(3, Row);
        Assert.Equal(1, (await dataset.RunAsync()).Contaminated);
    }

    [Fact]
    public async Task RunAsync_ExcludeAllTrajectoriesOfATask_TakesItsDifficultyAlongButNotTheTask()
    {
        var task = TaskOf(dataset.Rows[3]);
        foreach (var i in Enumerable.Range(0, dataset.Rows.Count).Where(i => TaskOf(dataset.Rows[i]) == task))
        {
            dataset.PlantRow(i, Row);
        }

        await dataset.RunAsync(DecontaminationMode.Exclude, dataset.Beside("clean"));
        Assert.DoesNotContain(dataset.Written("clean", "dataset/difficulty.jsonl"), line => (string?)line["task"] == task);
        Assert.Equal(0, (int?)dataset.Written("clean", "dataset/tasks.jsonl").Single(line => (string?)line["task"] == task)["kept"]);
        Assert.Equal(dataset.Tasks.Select(line => (string?)line["task"]).Except([task]).Order(StringComparer.Ordinal), dataset.Written("clean", "dataset/difficulty.jsonl").Select(line => (string?)line["task"]));
        await AssertSoundAsync("clean");
    }

    [Fact]
    public async Task RunAsync_ContaminatedEnvironmentWithoutKeptTrajectories_HasNoDifficultiesLeft()
    {
        dataset.Reject("task-z", "env-kettles", Tool);
        await dataset.RunAsync(DecontaminationMode.Exclude, dataset.Beside("clean"));
        Assert.DoesNotContain(dataset.Written("clean", "rejected.jsonl"), row => TaskOf(row) == "task-z");
        Assert.DoesNotContain(dataset.Written("clean", "dataset/difficulty.jsonl"), line => (string?)line["task"] == "task-z");
        await AssertSoundAsync("clean");
    }

    [Fact]
    public async Task RunAsync_Exclude_CountsTheTasksThatAreLeftOut_AndNamesOnlyFilesThatAreThere()
    {
        var task = dataset.Tasks.Single(task => (string?)task["task"] == TaskOf(dataset.Rows[3]));
        task["prompt"]!.AsArray()[^1]!["content"] = Instruction;
        await dataset.RunAsync(DecontaminationMode.Exclude, dataset.Beside("clean"));
        await AssertSoundAsync("clean");
        Assert.Contains("difficulty.plan.json", await File.ReadAllTextAsync(Path.Combine(dataset.Root, "dataset", "README.md")), StringComparison.Ordinal);
        var card = await File.ReadAllTextAsync(Path.Combine(dataset.Beside("clean"), "dataset", "README.md"));
        Assert.DoesNotContain("difficulty.plan.json", card, StringComparison.Ordinal);
        Assert.Contains("`difficulty.jsonl` says how hard each task proved (trials, passed, pass^k, band).\n", card, StringComparison.Ordinal);
    }

    public void Dispose() => dataset.Dispose();

    private static string TaskOf(JsonObject row) => (string)row["metadata"]!["task"]!;

    private async Task AssertSoundAsync(string name)
    {
        Assert.Empty(await DatasetValidator.ValidateAsync(dataset.Beside(name), CancellationToken.None));
        var counts = (await DatasetManifestFile.ReadAsync(dataset.Beside(name), CancellationToken.None)).Counts;
        Assert.Equal(counts.Tasks - dataset.Written(name, "dataset/tasks.jsonl").Count, counts.TasksLeftOut);
    }
}
