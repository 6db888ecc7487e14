using AgentScaler.Azure.Rows;
using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Contracts;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Tests;

/// <summary>Needs transactional batches, so it runs where <c>COSMOS_ENDPOINT</c> is set.</summary>
[Collection(Azurite.Collection)]
public sealed class EpisodeCheckpointsOnCosmosTests(Azurite azurite, CosmosServer cosmos) : EpisodeCheckpointContract, IAsyncLifetime
{
    private CosmosRowService? rows;
    private IStateStore store = null!;

    protected override IStateStore Store => store;

    protected override string? NoBatches => cosmos.NoBatches;

    public async Task InitializeAsync()
    {
        if (NoBatches is null)
        {
            (rows, store) = await cosmos.OpenStoreAsync(azurite);
        }
    }

    public Task DisposeAsync()
    {
        rows?.Dispose();
        return Task.CompletedTask;
    }
}
