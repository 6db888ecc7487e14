using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Azure.Tests.Faults;
using AgentScaler.Contracts;
using AgentScaler.Determinism;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Tests;

/// <summary>The same promises where one request in ten fails.</summary>
[Collection(Azurite.Collection)]
public sealed class BlobArtifactStoreUnderFaultsTests(Azurite azurite) : ArtifactStoreContract, IAsyncLifetime
{
    private IArtifactStore store = null!;

    protected override IArtifactStore Store => store;

    public async Task InitializeAsync()
    {
        var name = Azurite.NewName();
        store = await BlobArtifactStore.OpenAsync(azurite.Connect(new FaultPolicy(Seed.Root(7).Child(name), 0.1)), name, default);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
