using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Campaigns;

/// <summary>Campaign identities as artifacts: <c>campaigns/{hash}.json</c>, where the hash is SHA-256 over the identity's canonical text.</summary>
public static class CampaignStore
{
    private const string Folder = "campaigns/";

    private const string Extension = ".json";

    /// <summary>The identity's hash, 64 hexadecimal digits.</summary>
    public static string HashOf(CampaignIdentity identity) => Sha256Text.Of(CanonicalJson.Serialize(identity));

    /// <summary>The name of the identity's artifact: the reference that travels in every step call.</summary>
    public static string ReferenceOf(CampaignIdentity identity) => Folder + HashOf(identity) + Extension;

    /// <summary>The hash in the name of an identity's artifact.</summary>
    public static string HashIn(string reference) => reference[Folder.Length..^Extension.Length];

    /// <summary>Writes the identity unless it is there.</summary>
    /// <returns>Its reference.</returns>
    public static async Task<string> SaveAsync(IArtifactStore artifacts, CampaignIdentity identity, CancellationToken cancellationToken)
    {
        var reference = ReferenceOf(identity);
        await artifacts.TryCreateJsonAsync(reference, identity, cancellationToken);
        return reference;
    }

    /// <summary>References of all identities in the store.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public static IAsyncEnumerable<string> ListAsync(IArtifactStore artifacts, CancellationToken cancellationToken) =>
        artifacts.ListAsync(Folder, cancellationToken);

    /// <summary>Reads an identity and checks that it is the one its name says.</summary>
    /// <exception cref="StoreException">There is none of that name, or its bytes are not those its name promises.</exception>
    public static async Task<CampaignIdentity> LoadAsync(IArtifactStore artifacts, string reference, CancellationToken cancellationToken)
    {
        var text = (await artifacts.ReadTextAsync(reference, cancellationToken)).TrimEnd('\n');
        if (reference != Folder + Sha256Text.Of(text) + Extension)
        {
            throw new StoreException($"artifact '{reference}': expected the campaign identity of that hash, found another text; the artifact was changed");
        }

        try
        {
            return JsonSerializer.Deserialize<CampaignIdentity>(text, ArtifactJson.Options)!;
        }
        catch (JsonException e)
        {
            throw new StoreException($"artifact '{reference}', {e.Path ?? "$"}: expected a campaign identity of this version: {e.Message}", e);
        }
    }
}
