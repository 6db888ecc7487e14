using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Campaigns;

/// <summary>
/// A campaign on one machine (architecture.md, "A campaign folder"): <c>campaign.json</c>, the effective document; <c>artifacts/</c>;
/// <c>state.db</c>. The document is written first, so that a folder whose making was broken off is known as what it is.
/// </summary>
public sealed class CampaignFolder : IDisposable
{
    /// <summary>The effective document's file.</summary>
    public const string DocumentName = "campaign.json";

    private const string UnfinishedName = DocumentName + ".new";

    private const int LongestValue = 80;

    private static readonly JsonSerializerOptions Indented = new(ArtifactJson.Options) { WriteIndented = true };

    private readonly FolderArtifactStore artifacts;
    private readonly SqliteStateStore state;

    private CampaignFolder(string path, CampaignDocument document)
    {
        Path = path;
        Document = document;
        artifacts = new FolderArtifactStore(System.IO.Path.Combine(path, "artifacts"));
        state = new SqliteStateStore(System.IO.Path.Combine(path, "state.db"));
        Index = new CampaignIndex(state);
        Hash = CampaignStore.HashOf(document.Identity);
        Reference = CampaignStore.ReferenceOf(document.Identity);
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The effective document.</summary>
    public CampaignDocument Document { get; }

    /// <summary>The identity's hash.</summary>
    public string Hash { get; }

    /// <summary>The identity's artifact, as step calls name it.</summary>
    public string Reference { get; }

    /// <summary>The artifacts.</summary>
    public IArtifactStore Artifacts => artifacts;

    /// <summary>The state rows.</summary>
    public IStateStore State => state;

    /// <summary>The index of campaigns, here of this one.</summary>
    public CampaignIndex Index { get; }

    /// <summary>Opens a folder for a campaign, making it if it does not exist or is empty. Operations may differ from last time and are rewritten.</summary>
    /// <param name="document">The document with everything filled in that is filled in later (documents and their names).</param>
    /// <exception cref="CampaignFolderException">It holds a campaign of another identity, or things that are no campaign.</exception>
    /// <exception cref="CampaignException">Its <c>campaign.json</c> is none.</exception>
    /// <exception cref="StoreException">It can't be read or written.</exception>
    public static async Task<CampaignFolder> OpenAsync(string path, CampaignDocument document, CancellationToken cancellationToken)
    {
        path = System.IO.Path.GetFullPath(path);
        var file = System.IO.Path.Combine(path, DocumentName);
        try
        {
            if (File.Exists(file))
            {
                CheckIdentity(path, ReadDocument(file), document);
            }
            else
            {
                CheckEmpty(path);
            }

            Directory.CreateDirectory(path);
            await WriteDocumentAsync(path, document, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFault.Of("make the campaign", path, e);
        }

        var folder = new CampaignFolder(path, document);
        try
        {
            await CampaignStore.SaveAsync(folder.Artifacts, document.Identity, cancellationToken);
        }
        catch
        {
            folder.Dispose();
            throw;
        }

        return folder;
    }

    /// <summary>Opens the campaign that a folder holds.</summary>
    /// <exception cref="CampaignFolderException">It holds none.</exception>
    /// <exception cref="CampaignException">Its <c>campaign.json</c> is none.</exception>
    /// <exception cref="StoreException">It can't be read.</exception>
    public static CampaignFolder OpenExisting(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        var file = System.IO.Path.Combine(path, DocumentName);
        if (!File.Exists(file))
        {
            throw new CampaignFolderException($"'{path}' holds no campaign: there is no {DocumentName} in it");
        }

        try
        {
            return new CampaignFolder(path, ReadDocument(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFault.Of("read the campaign", path, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        artifacts.Dispose();
        state.Dispose();
    }

    private static CampaignDocument ReadDocument(string file)
    {
        using var stream = File.OpenRead(file);
        return CampaignReader.Read(stream, file);
    }

    private static void CheckIdentity(string path, CampaignDocument there, CampaignDocument here)
    {
        var differences = IdentityDifference.Between(there.Identity, here.Identity);
        if (differences.Count > 0)
        {
            throw new CampaignFolderException(
                $"'{path}' holds another campaign; choose another folder, or set what differs as it is there:\n"
                + string.Join('\n', differences.Select(difference => $"  {difference.Path}: {Cut(difference.Left)} there, {Cut(difference.Right)} here")));
        }
    }

    private static void CheckEmpty(string path)
    {
        if (File.Exists(path))
        {
            throw new CampaignFolderException($"'{path}' is a file; expected a folder, or a path where one can be made");
        }

        if (Directory.Exists(path)
            && Directory.EnumerateFileSystemEntries(path).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal).FirstOrDefault(name => name != UnfinishedName) is { } first)
        {
            throw new CampaignFolderException($"'{path}' is not empty (it has '{first}') and holds no campaign: there is no {DocumentName} in it; choose another folder");
        }
    }

    private static async Task WriteDocumentAsync(string path, CampaignDocument document, CancellationToken cancellationToken)
    {
        var unfinished = System.IO.Path.Combine(path, UnfinishedName);
        await File.WriteAllTextAsync(unfinished, JsonSerializer.Serialize(document, Indented) + "\n", cancellationToken);
        File.Move(unfinished, System.IO.Path.Combine(path, DocumentName), overwrite: true);
    }

    private static string Cut(string text) => text.Length <= LongestValue ? text : text[..LongestValue] + "...";
}
