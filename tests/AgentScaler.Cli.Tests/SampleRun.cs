using System.Text.Json;

namespace AgentScaler.Cli.Tests;

/// <summary>The sample campaign, run once for all tests that look at what it leaves.</summary>
public sealed class SampleRun : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The campaign's folder.</summary>
    public string Folder => folder["campaign"];

    /// <summary>What <c>run --json</c> answered.</summary>
    public JsonElement Summary { get; private set; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Duration { get; private set; }

    public async Task InitializeAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        var outcome = await AgentscalerProcess.RunAsync("run", "--out", Folder, "--json");
        Duration = TimeProvider.System.GetElapsedTime(started);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Summary = JsonDocument.Parse(outcome.Output).RootElement.GetProperty("summary").Clone();
    }

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>One row of the closing table.</summary>
    public (long In, long Out) Stage(string name)
    {
        var stage = Summary.GetProperty("stages").EnumerateArray().Single(stage => stage.GetProperty("stage").GetString() == name);
        return (stage.GetProperty("in").GetInt64(), stage.GetProperty("out").GetInt64());
    }
}
