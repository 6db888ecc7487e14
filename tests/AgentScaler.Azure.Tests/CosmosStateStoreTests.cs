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
        var name = Azurite.NewName();
        rows = await cosmos.OpenAsync(name);
        store = new RowStateStore(rows, await SpilledValues.OpenAsync(azurite.Connect(), name, default));
    }

    public async Task DisposeAsync()
    {
        if (rows is not null)
        {
            rows.Dispose();
        }
    }
}
