using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Azure.Tests.Faults;
using AgentScaler.Contracts;
using AgentScaler.Determinism;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Tests;

/// <summary>The same promises where one request in ten fails.</summary>
[Collection(Azurite.Collection)]
public sealed class TableStateStoreUnderFaultsTests(Azurite azurite) : StateStoreContract, IAsyncLifetime
{
    private IStateStore store = null!;

    protected override IStateStore Store => store;

    public async Task InitializeAsync()
    {
        var name = Azurite.NewName();
        store = await azurite.OpenTableAsync(name, new FaultPolicy(Seed.Root(7).Child(name), 0.1));
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
