using System.Security.Cryptography;
using AgentScaler.Determinism;
using AgentScaler.Storage;

namespace AgentScaler.Tools.Sources;

/// <summary>Puts catalogue files into the artifact store, by content, as they are.</summary>
public static class DocumentUpload
{
    /// <summary>The artifact that holds a document.</summary>
    public static string ArtifactOf(string sha256) => "documents/" + sha256;

    /// <summary>Stores files, streaming; a document that is there already is not written again.</summary>
    /// <returns>One entry a file, in the order given; files of equal content have equal hashes.</returns>
    /// <exception cref="SourceException">A file can't be read, or changed while it was.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<IReadOnlyList<StoredDocument>> StoreAsync(
        IArtifactStore store, IEnumerable<LocatedFile> files, CancellationToken cancellationToken)
    {
        var stored = new List<StoredDocument>();
        foreach (var file in files)
        {
            string sha256;
            await using (var stream = Open(file))
            {
                sha256 = await Sha256Text.OfAsync(stream, cancellationToken);
            }

            await store.TryCreateAsync(ArtifactOf(sha256), (target, token) => CopyAsync(file, sha256, target, token), cancellationToken);
            stored.Add(new StoredDocument(sha256, file.Name));
        }

        return stored;
    }

    /// <summary>Stores the folders of files that refer to each other, as documents.</summary>
    /// <returns>Their SHA-256, in the order given.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<IReadOnlyList<string>> StoreAsync(
        IArtifactStore store, IEnumerable<DocumentFolder> folders, CancellationToken cancellationToken)
    {
        var stored = new List<string>();
        foreach (var document in folders.Select(folder => folder.ToDocument()))
        {
            await store.TryCreateAsync(
                ArtifactOf(document.Sha256), (target, token) => target.WriteAsync(document.Bytes, token).AsTask(), cancellationToken);
            stored.Add(document.Sha256);
        }

        return stored;
    }

    private static async Task CopyAsync(LocatedFile file, string sha256, Stream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var source = Open(file);
        var buffer = new byte[1 << 16];
        for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256)
        {
            throw new SourceException($"file '{file.Name}' changed while it was read");
        }
    }

    private static FileStream Open(LocatedFile file)
    {
        try
        {
            return new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, useAsync: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"file '{file.Name}' can't be read: {e.Message}", e);
        }
    }
}
