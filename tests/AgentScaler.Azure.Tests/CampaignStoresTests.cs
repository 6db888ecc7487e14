using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Tests;

[Collection(Azurite.Collection)]
public sealed class CampaignStoresTests(Azurite azurite)
{
    [SkippableFact]
    public async Task Open_Account_CreatesContainersAndTableOnceAndFindsThemAgain()
    {
        azurite.Connect();
        var settings = new StoreSettings
        {
            ConnectionString = azurite.ConnectionString, State = StateKind.Table,
            ArtifactContainer = Azurite.NewName(), ValueContainer = Azurite.NewName(), Table = Azurite.NewName(),
        };
        using (var first = await CampaignStores.OpenAsync(settings, Azurite.Configure(), default))
        {
            Assert.True(await first.Artifacts.TryCreateTextAsync("a", "text", default));
            await first.State.WriteAsync("p", [StateWrite.Insert("k", new string('x', 1_000_000))], default);
        }

        using var second = await CampaignStores.OpenAsync(settings, Azurite.Configure(), default);
        Assert.Equal("text", await second.Artifacts.ReadTextAsync("a", default));
        Assert.Equal(1_000_000, (await second.State.GetAsync("p", "k", default))!.Value.Length);
    }

    [Fact]
    public async Task Open_Folder_KeepsBothStoresInIt()
    {
        using var folder = new TemporaryFolder();
        using (var stores = await CampaignStores.OpenAsync(new StoreSettings { Folder = folder.File("store") }, null, default))
        {
            Assert.True(await stores.Artifacts.TryCreateTextAsync("a", "text", default));
            await stores.State.WriteAsync("p", [StateWrite.Insert("k", "1")], default);
        }

        Assert.True(File.Exists(folder.File("store/artifacts/a")));
        Assert.True(File.Exists(folder.File("store/state.db")));
    }

    [Fact]
    public async Task Open_AccountThatCannotBeReached_IsAStoreFaultThatNamesIt()
    {
        var settings = new StoreSettings
        {
            ConnectionString = "AccountName=devstoreaccount1;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;TableEndpoint=http://127.0.0.1:1/devstoreaccount1",
            State = StateKind.Table,
        };
        var fault = await Assert.ThrowsAsync<StoreException>(() => CampaignStores.OpenAsync(settings, Azurite.Configure(), default));
        Assert.Contains("blob container 'devstoreaccount1/agentscaler'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("see that the service can be reached", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", fault.ToString(), StringComparison.Ordinal);
    }
}
