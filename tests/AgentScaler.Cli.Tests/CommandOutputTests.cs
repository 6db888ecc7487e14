using System.Text.Json;
using AgentScaler.ModelServers;

namespace AgentScaler.Cli.Tests;

/// <summary>What every command writes, those to come among them: to programs that read it, and to people in front of a terminal.</summary>
[Collection(SmallRunCollection.Name)]
public sealed class CommandOutputTests(FunnelCommandTests.SmallRun run) : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private ChatServer server = null!;

    public static TheoryData<string> Commands() => [.. CommandCases.Commands];

    public async Task InitializeAsync() => server = await ChatServer.StartAsync(new ChatServerOptions());

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Json_EveryCommand_IsOneDocumentAndNothingElse(string command)
    {
        foreach (var line in Lines(command))
        {
            var outcome = await AgentscalerProcess.RunAsync([.. line, "--json"]);
            Assert.True(outcome.ExitCode != CommandLine.WrongUsage, outcome.Error);
            using var document = JsonDocument.Parse(outcome.Output);
            Assert.True(document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array, outcome.Output);
            Assert.DoesNotContain('\e', outcome.Error);
        }
    }

    [Theory]
    [InlineData("dataset decontaminate")]
    [InlineData("dataset export")]
    [InlineData("funnel")]
    [InlineData("models check")]
    [InlineData("review list")]
    [InlineData("tools import")]
    public async Task Redirected_CommandWithTables_WritesNoEscapeCodes(string command)
    {
        foreach (var line in Lines(command))
        {
            var outcome = await AgentscalerProcess.RunAsync(line);
            Assert.True(outcome.ExitCode != CommandLine.WrongUsage, outcome.Error);
            Assert.NotEqual(string.Empty, outcome.Output);
            Assert.DoesNotContain('\e', outcome.Output + outcome.Error);
        }
    }

    [SkippableTheory]
    [InlineData("dataset decontaminate", "files of the benchmarks read")]
    [InlineData("dataset decontaminate", " rows of dataset/canonical.jsonl read")]
    [InlineData("dataset export", " rows of parquet/train.parquet written")]
    [InlineData("dataset masks", " trajectories rendered")]
    [InlineData("dataset phases", " trajectories of phase2/train.jsonl written")]
    [InlineData("dataset validate", " rows of rejected.jsonl checked")]
    [InlineData("env audit", " environments audited")]
    [InlineData("env build", " environments built")]
    [InlineData("episodes replay", " episodes replayed")]
    [InlineData("models check", " roles checked, agent under way")]
    [InlineData("report", " episodes read")]
    [InlineData("tools import", " documents read")]
    public async Task Terminal_LongCommand_ShowsHowFarItIsAndTakesThatAway(string command, string expected)
    {
        var shown = await TerminalProcess.RunAsync(Lines(command).Last());
        var line = shown.Split('\r').LastOrDefault(part => part.Contains(expected, StringComparison.Ordinal));
        Assert.True(line is not null, shown);
        Assert.Matches(@"^\e\[K[0-9,]+ of [0-9,]+ ", line);
        Assert.Contains("\r\e[K", shown[(shown.IndexOf(line, StringComparison.Ordinal) + line.Length - 1)..], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Terminal_NoColour_HasNoneAndWithoutItThereAreSome()
    {
        var line = Lines("models check").Single();
        Assert.Matches(@"\e\[[0-9;]+m", await TerminalProcess.RunAsync(line));
        Assert.DoesNotMatch(@"\e\[[0-9;]*m", await TerminalProcess.RunAsync(line, ("NO_COLOR", "1")));
    }

    private IEnumerable<string[]> Lines(string command) => new CommandCases(run.Folder, folder, server.Endpoint).Of(command);
}
