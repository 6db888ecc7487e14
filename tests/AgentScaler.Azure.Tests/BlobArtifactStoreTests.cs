using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Contracts;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Tests;

[Collection(Azurite.Collection)]
public sealed class BlobArtifactStoreTests(Azurite azurite) : ArtifactStoreContract, IAsyncLifetime
{
    private IArtifactStore store = null!;

    protected override IArtifactStore Store => store;

    public async Task InitializeAsync() => store = await BlobArtifactStore.OpenAsync(azurite.Connect(), Azurite.NewName(), default);

    public Task DisposeAsync() => Task.CompletedTask;
}
