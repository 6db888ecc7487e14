using System.Text.Json;

namespace AgentScaler.Cli.Tests;

public sealed class RunTests
{
    private const string Small = """
        { "identity": { "tasks": { "perEnvironment": 5 }, "episodes": { "trials": 2 } } }
        """;

    [Fact]
    public async Task Run_ParallelismOneAndEight_GiveTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var campaign = folder.Write("small.json", Small);
        var one = await AgentscalerProcess.RunAsync("run", campaign, "--out", folder["one"], "--parallelism", "1");
        var eight = await AgentscalerProcess.RunAsync("run", campaign, "--out", folder["eight"], "--parallelism", "8");
        Assert.True(one.ExitCode == 0, one.Error);
        Assert.True(eight.ExitCode == 0, eight.Error);
        Assert.Equal(DatasetFiles.Hash(folder["one"]), DatasetFiles.Hash(folder["eight"]));
    }

    [Fact]
    public async Task Run_FolderOfAnotherIdentity_IsRefusedAndNamesWhatDiffers()
    {
        using var folder = new TemporaryFolder();
        var first = await AgentscalerProcess.RunAsync("run", folder.Write("a.json", Small), "--out", folder["campaign"]);
        var second = await AgentscalerProcess.RunAsync("run", folder.Write("b.json", Small.Replace("2 }", "3 }", StringComparison.Ordinal)), "--out", folder["campaign"]);
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal(CommandLine.WrongUsage, second.ExitCode);
        Assert.Contains("episodes.trials", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MalformedCampaign_NamesThePathOfEveryError()
    {
        using var folder = new TemporaryFolder();
        var campaign = folder.Write("bad.json", """{ "identity": { "episodes": { "trials": 0 }, "graph": { "treshold": 1 } }, "operations": { "parallelism": "many" } }""");
        var outcome = await AgentscalerProcess.RunAsync("run", campaign, "--out", folder["campaign"]);
        Assert.Equal(CommandLine.WrongUsage, outcome.ExitCode);
        Assert.Contains("identity.episodes.trials", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("identity.graph.treshold", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("operations.parallelism", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["campaign"]));
    }

    [Fact]
    public async Task Run_SourceThatDoesNotExist_IsWrongUsage()
    {
        using var folder = new TemporaryFolder();
        var outcome = await AgentscalerProcess.RunAsync("run", "--sources", folder["nowhere"], "--out", folder["campaign"]);
        Assert.Equal(CommandLine.WrongUsage, outcome.ExitCode);
        Assert.Contains("nowhere", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HostileDocuments_AreReportedAndTheRestIsUsed()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["apis"]);
        foreach (var sample in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Samples")).Order(StringComparer.Ordinal).Take(3))
        {
            File.Copy(sample, Path.Combine(folder["apis"], Path.GetFileName(sample)));
        }

        folder.Write("apis/deep.json", new string('[', 100_000));
        folder.Write("apis/cut.json", "{ \"openapi\": \"3.0.0\", \"paths\": { \"/a\": {");
        File.WriteAllBytes(folder["apis/bytes.json"], [0xff, 0xfe, 0x00, 0xd8, 0x41]);
        var campaign = folder.Write("small.json", Small);
        var outcome = await AgentscalerProcess.RunAsync("run", campaign, "--sources", folder["apis"], "--out", folder["campaign"], "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.True(JsonDocument.Parse(outcome.Output).RootElement.GetProperty("summary").GetProperty("kept").GetInt64() > 0);
        var import = await AgentscalerProcess.RunAsync("tools", "import", folder["apis"], "--out", folder["tools.jsonl"]);
        Assert.True(import.ExitCode == 0, import.Error);
        foreach (var name in new[] { "deep.json", "cut.json", "bytes.json" })
        {
            Assert.Contains(name, import.Output, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task Run_RealDocuments_KeepsTrajectoriesFromTenEnvironments()
    {
        var native = SharedFolder.Find("corpora/native");
        Skip.If(native is null, "the shared corpora are not beside this checkout: real documents are not tried");
        using var folder = new TemporaryFolder();
        var campaign = folder.Write("small.json", Small);
        var outcome = await AgentscalerProcess.RunAsync("run", campaign, "--sources", native!, "--out", folder["campaign"]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        var environments = File.ReadLines(Path.Combine(folder["campaign"], "dataset", "canonical.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("metadata").GetProperty("environment").ToString()).Distinct(StringComparer.Ordinal);
        Assert.True(environments.Count() >= 10);
    }
}
