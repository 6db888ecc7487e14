using AgentScaler.Core.Tests.Storage;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Tests;

/// <summary>The sample campaign on a folder and SQLite, run once: what the cloud must equal.</summary>
public sealed class LocalCampaign : IAsyncLifetime
{
    internal SampleCampaign Result { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        using var folder = new TemporaryFolder();
        using var artifacts = new FolderArtifactStore(folder.File("artifacts"));
        using var state = new SqliteStateStore(folder.File("state.db"));
        Result = await SampleCampaign.RunAsync(artifacts, state);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
