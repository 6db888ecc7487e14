using AgentScaler.Azure.Rows;
using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Contracts;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Tests;

[Collection(Azurite.Collection)]
public sealed class TableStateStoreTests(Azurite azurite) : StateStoreContract, IAsyncLifetime
{
    private IStateStore store = null!;

    protected override IStateStore Store => store;

    public async Task InitializeAsync()
    {
        var account = azurite.Connect();
        var name = Azurite.NewName();
        store = new RowStateStore(await TableRowService.OpenAsync(account, name, default), await SpilledValues.OpenAsync(account, name, default));
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
