namespace AgentScaler.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("run", "--parallelism", "0")]
    [InlineData("run", "--parallelism", "many")]
    [InlineData("tools", "import")]
    [InlineData("graph", "similar", "vectors_1x1.f32", "--out", "pairs.txt")]
    [InlineData("graph", "communities", "edges.txt", "--out", "found.txt", "--resolution", "0")]
    [InlineData("episodes", "replay")]
    [InlineData("dataset", "masks", "folder")]
    [InlineData("dataset", "decontaminate", "folder", "--against", "file", "--words", "4")]
    [InlineData("no-such-command")]
    public async Task RunAsync_WrongUsage_ExitsWithTwoAndPointsToHelp(params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(CommandLine.WrongUsage, code);
        Assert.Contains("--help", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("campaign", "schema")]
    [InlineData("tools", "import")]
    [InlineData("graph", "build")]
    [InlineData("graph", "communities")]
    [InlineData("graph", "similar")]
    [InlineData("env", "audit")]
    [InlineData("env", "build")]
    [InlineData("env", "replay")]
    [InlineData("env", "show")]
    [InlineData("episodes", "replay")]
    [InlineData("dataset", "card")]
    [InlineData("dataset", "decontaminate")]
    [InlineData("dataset", "export")]
    [InlineData("dataset", "masks")]
    [InlineData("dataset", "phases")]
    [InlineData("dataset", "validate")]
    public async Task RunAsync_Help_ShowsAnExample(params string[] command)
    {
        var (code, output, _) = await RunAsync([.. command, "--help"]);
        Assert.Equal(CommandLine.Success, code);
        Assert.Contains("Example", output, StringComparison.Ordinal);
        Assert.Contains("agentscaler " + string.Join(' ', command), output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("env", "audit")]
    [InlineData("env", "show")]
    [InlineData("episodes", "replay")]
    [InlineData("dataset", "validate")]
    [InlineData("dataset", "card")]
    [InlineData("dataset", "masks", "--template", "qwen3")]
    [InlineData("dataset", "phases", "--target", "books", "--seed", "1")]
    [InlineData("dataset", "decontaminate", "--against", "file", "--words", "13")]
    public async Task RunAsync_FolderWithoutCampaign_IsWrongUsageWithoutStackTrace(params string[] command)
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await RunAsync([.. command, folder.Path]);
        Assert.Equal(CommandLine.WrongUsage, code);
        Assert.Contains(folder.Path, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--template: expected one of qwen3, llama3, found 'gpt'", "dataset", "masks", "folder", "--template", "gpt")]
    [InlineData("--mode: expected one of report, exclude, mark, found 'drop'", "dataset", "decontaminate", "folder", "--against", "file", "--mode", "drop")]
    [InlineData("--order: expected one of curriculum, shuffled, found 'hard'", "dataset", "phases", "folder", "--order", "hard")]
    public async Task RunAsync_WordThatIsNone_NamesTheWordsThatAre(string expected, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(CommandLine.WrongUsage, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--list shows no environment: --environment does not go with it", "env", "show", "folder", "--list", "--environment", "env-1")]
    [InlineData("--list shows no environment: --program does not go with it", "env", "show", "folder", "--list", "--program", "get_thing")]
    [InlineData("--list shows no environment: --programs does not go with it", "env", "show", "folder", "--list", "--programs")]
    [InlineData("--list shows no environment: --rows does not go with it", "env", "show", "folder", "--list", "--rows", "2")]
    [InlineData("--match and --set match=... say the same", "funnel", "folder", "--rescore", "--match", "strict", "--set", "errorQuota=0.1", "match=unordered-reads")]
    public async Task RunAsync_OptionsThatSayNothingTogether_AreRefused(string expected, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(CommandLine.WrongUsage, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ExportOfWhatIsNone_IsWrongUsageThatSaysWhatIsExpected()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await RunAsync(["dataset", "export", folder.Path, "--format", "csv"]);
        Assert.Equal(CommandLine.WrongUsage, code);
        Assert.Contains("expected all or one of openai, openai-dpo, trl, llama-factory, ms-swift, axolotl, verl, nemo-gym, parquet, found 'csv'", error, StringComparison.Ordinal);
        (code, _, error) = await RunAsync(["dataset", "export", folder.Path, "--format", "trl"]);
        Assert.Equal(CommandLine.WrongUsage, code);
        Assert.Contains("there is no dataset/manifest.json", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error, TimeProvider.System);
        return (code, output.ToString(), error.ToString());
    }
}
