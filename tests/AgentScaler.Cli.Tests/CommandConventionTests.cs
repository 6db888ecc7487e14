using System.CommandLine;
using System.Text.Json;

namespace AgentScaler.Cli.Tests;

/// <summary>What holds for every command, those to come among them.</summary>
public sealed class CommandConventionTests
{
    private const string Anything = "./anything";

    public static TheoryData<string> Commands()
    {
        var data = new TheoryData<string>();
        foreach (var path in Paths(CommandLine.Create(TextWriter.Null, TextWriter.Null, TimeProvider.System).Root, string.Empty))
        {
            data.Add(path);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_AnyCommand_EndsWithAnExampleOfItAndOffersJson(string path)
    {
        var (code, help, _) = await RunAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal(CommandLine.Success, code);
        var examples = help.IndexOf("\nExample", StringComparison.Ordinal);
        Assert.True(examples > help.IndexOf("Usage:", StringComparison.Ordinal), help);
        Assert.Matches("agentscaler " + path.Replace(Anything, "[^ ]+", StringComparison.Ordinal), help[examples..]);
        Assert.Contains("--json", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_Group_ShowsOneLineOfEachCommandBelow()
    {
        var (_, help, _) = await RunAsync(["dataset", "--help"]);
        Assert.Contains("decontaminate", help, StringComparison.Ordinal);
        Assert.DoesNotContain("thirteen words in a row", help, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(help, "Examples?:"));
    }

    [Theory]
    [InlineData("'dataset'", "dataste")]
    [InlineData("'--parallelism'", "run", "--paralelism", "3")]
    [InlineData("'export'", "dataset", "exprot")]
    public async Task WrongWord_NearAKnownOne_NamesIt(string meant, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(CommandLine.WrongUsage, code);
        Assert.Contains($"Did you mean {meant}?", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongWord_NearNone_ListsTheCommandsThatThereAre()
    {
        var (_, _, error) = await RunAsync(["env", "zzzzzz"]);
        Assert.Contains("The commands here are audit, build, replay, show.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Did you mean", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agentscaler da", "dataset")]
    [InlineData("agentscaler dataset ex", "export")]
    [InlineData("agentscaler run --par", "--parallelism")]
    [InlineData("agentscaler completion ", "zsh")]
    public async Task Suggest_UnfinishedLine_NamesWhatMayFollow(string line, string expected)
    {
        var (code, output, _) = await RunAsync([$"[suggest:{line.Length}]", line]);
        Assert.Equal(CommandLine.Success, code);
        Assert.Contains(expected, output.Split('\n').Select(word => word.Trim()));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Completion_EveryShell_PrintsAScriptThatAsksTheProgram(string shell)
    {
        var (code, output, _) = await RunAsync(["completion", shell, "--json"]);
        Assert.Equal(CommandLine.Success, code);
        var answer = JsonElement.Parse(output);
        Assert.Equal(shell, answer.GetProperty("shell").GetString());
        Assert.Contains("[suggest:", answer.GetProperty("script").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The words that call a command and each below it, with something for the arguments of those above.</summary>
    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(below => Paths(below, string.Join(' ', (string[])[path, .. command.Arguments.Select(_ => Anything), below.Name]).TrimStart())).Prepend(path);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error, TimeProvider.System);
        return (code, output.ToString(), error.ToString());
    }
}
