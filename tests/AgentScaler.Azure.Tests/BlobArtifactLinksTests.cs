using System.Net;
using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Tests;

[Collection(Azurite.Collection)]
public sealed class BlobArtifactLinksTests(Azurite azurite)
{
    private static readonly HttpClient Stranger = new();

    [SkippableFact]
    public async Task Link_AnybodyWhoHasIt_ReadsThatArtifactAndWritesNothing()
    {
        var account = azurite.Connect();
        var name = Azurite.NewName();
        var store = await BlobArtifactStore.OpenAsync(account, name, default);
        await store.TryCreateTextAsync("dataset/canonical.jsonl", "{}\n", default);
        await store.TryCreateTextAsync("dataset/other.jsonl", "secret\n", default);

        var link = await new BlobArtifactLinks(account, name, TimeProvider.System).LinkAsync("dataset/canonical.jsonl", TimeSpan.FromMinutes(5), default);

        Assert.Equal("{}\n", await Stranger.GetStringAsync(link));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, new Uri(link!.AbsoluteUri.Replace("canonical", "other", StringComparison.Ordinal))));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Delete, link));
        Assert.NotEqual(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, new Uri(link.GetLeftPart(UriPartial.Path))));
    }

    [SkippableFact]
    public async Task Link_AfterItsLifetime_IsRefused()
    {
        var account = azurite.Connect();
        var name = Azurite.NewName();
        await (await BlobArtifactStore.OpenAsync(account, name, default)).TryCreateTextAsync("a", "b", default);

        var link = await new BlobArtifactLinks(account, name, TimeProvider.System).LinkAsync("a", TimeSpan.FromSeconds(-1), default);

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, link!));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpMethod method, Uri address)
    {
        using var request = new HttpRequestMessage(method, address);
        using var response = await Stranger.SendAsync(request);
        return response.StatusCode;
    }
}
