using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Contracts;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Tests;

[Collection(Azurite.Collection)]
public sealed class EpisodeCheckpointsOnTableTests(Azurite azurite) : EpisodeCheckpointContract, IAsyncLifetime
{
    private IStateStore store = null!;

    protected override IStateStore Store => store;

    public async Task InitializeAsync() => store = await azurite.OpenTableAsync(Azurite.NewName());

    public Task DisposeAsync() => Task.CompletedTask;
}
