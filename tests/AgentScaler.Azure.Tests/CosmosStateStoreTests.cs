using AgentScaler.Azure.Rows;
using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Contracts;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Tests;

[Collection(Azurite.Collection)]
public sealed class CosmosStateStoreTests(Azurite azurite, CosmosServer cosmos) : StateStoreContract, IAsyncLifetime
{
    private CosmosRowService? rows;
    private IStateStore store = null!;

    protected override IStateStore Store => store;

    protected override string? NoBatches => cosmos.NoBatches;

    public async Task InitializeAsync()
    {
        (rows, store) = await cosmos.OpenStoreAsync(azurite);
    }

    public Task DisposeAsync()
    {
        rows?.Dispose();
        return Task.CompletedTask;
    }
}
