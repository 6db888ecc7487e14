namespace AgentScaler.Cli.Tests;

/// <summary><c>dataset masks</c> on files of its own.</summary>
public sealed class DatasetMasksTests : IDisposable
{
    private const string Row = """{"messages":[{"content":"Hi","role":"user","train":false},{"content":"Hello","role":"assistant","train":true}],"metadata":{"episode":"e1"},"tools":[]}""";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Masks_OntoTheFileThatIsRead_AreRefused()
    {
        var file = folder.Write("rows.jsonl", Row + "\n");
        var outcome = await AgentscalerProcess.RunAsync("dataset", "masks", file, "--template", "qwen3", "--out", Path.Combine(Path.GetDirectoryName(file)!, ".", "rows.jsonl"));
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("--out: expected another file", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(Row + "\n", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Masks_FaultOnTheWay_LeaveWhatWasThere()
    {
        var file = folder["rows.jsonl"];
        await File.WriteAllBytesAsync(file, [.. System.Text.Encoding.UTF8.GetBytes(Row + "\n"), 0xFF, (byte)'\n']);
        var target = folder.Write("masks.jsonl", "old");
        var outcome = await AgentscalerProcess.RunAsync("dataset", "masks", file, "--template", "qwen3", "--out", target);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("rows.jsonl:2: expected UTF-8", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("old", await File.ReadAllTextAsync(target));
        Assert.Equal(["masks.jsonl", "rows.jsonl"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(file)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    public void Dispose() => folder.Dispose();
}
