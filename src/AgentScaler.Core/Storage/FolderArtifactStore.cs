using System.Runtime.CompilerServices;

namespace AgentScaler.Storage;

/// <summary>
/// Artifacts as files below a folder; the name is the relative path. A file is written aside, flushed to disk and then linked to its name,
/// which is atomic between threads and processes. As folders are, a name can't be both an artifact and the beginning of others
/// (<c>a</c> and <c>a/b</c>): the second of them fails with a <see cref="StoreException"/>.
/// </summary>
public sealed class FolderArtifactStore : IArtifactStore, IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly string root;
    private readonly Lock gate = new();
    private WriterFolder? writer;

    /// <summary>Opens a folder, creating it if needed, and removes what killed writers left.</summary>
    /// <exception cref="StoreException">The folder can't be made or read.</exception>
    public FolderArtifactStore(string root)
    {
        this.root = Path.GetFullPath(root);
        try
        {
            Directory.CreateDirectory(this.root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFault.Of("make the folder", this.root, e);
        }

        WriterFolder.RemoveAbandoned(this.root);
    }

    /// <inheritdoc/>
    public async Task<bool> TryCreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        if (File.Exists(path))
        {
            return false;
        }

        string? unfinished = null;
        try
        {
            unfinished = Writer().NewFile();
            await using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes))
            {
                await write(stream, cancellationToken);
            }

            using (var handle = File.OpenHandle(unfinished, FileMode.Open, FileAccess.ReadWrite))
            {
                RandomAccess.FlushToDisk(handle);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (HardLink.TryPublish(unfinished, path))
            {
                return true;
            }

            return File.Exists(path)
                ? false
                : throw new StoreException($"cannot write artifact '{name}': '{path}' is a folder, because other artifacts' names begin with '{name}/'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFault.Of($"write artifact '{name}'", path, e);
        }
        finally
        {
            Remove(unfinished);
        }
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(name);
        try
        {
            return Task.FromResult<Stream?>(
                File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFault.Of($"read artifact '{name}'", path, e);
        }
    }

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(File.Exists(PathOf(name)));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArtifactName.CheckPrefix(prefix);
        var parent = prefix[..(prefix.LastIndexOf('/') + 1)];
        foreach (var name in List(parent, prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(name);
        try
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFault.Of($"delete artifact '{name}'", path, e);
        }

        return Task.CompletedTask;
    }

    /// <summary>Lets go of the folder of unfinished files.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            writer?.Dispose();
            writer = null;
        }
    }

    private static void Remove(string? unfinished)
    {
        try
        {
            if (unfinished is not null)
            {
                File.Delete(unfinished);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Invisible, and removed at the next opening; the outcome of the write stands.
        }
    }

    /// <summary>Names below one folder, in ordinal order of the whole name: a folder sorts as its name with the <c>/</c> that follows.</summary>
    private IEnumerable<string> List(string folder, string prefix)
    {
        foreach (var entry in Entries(folder))
        {
            var name = folder + entry;
            if (name.EndsWith('/') && (name.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(name, StringComparison.Ordinal)))
            {
                foreach (var inner in List(name, prefix))
                {
                    yield return inner;
                }
            }
            else if (!name.EndsWith('/') && name.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return name;
            }
        }
    }

    private List<string> Entries(string folder)
    {
        var path = Path.Combine(root, folder);
        if (!Directory.Exists(path))
        {
            return [];
        }

        try
        {
            var entries = new List<string>();
            foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
            {
                if (entry.Name != WriterFolder.ParentName)
                {
                    entries.Add(entry is DirectoryInfo ? entry.Name + "/" : entry.Name);
                }
            }

            entries.Sort(string.CompareOrdinal);
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFault.Of("list the artifacts", path, e);
        }
    }

    /// <summary>Taken at the first write, so that a store can be read where nothing may be written.</summary>
    private WriterFolder Writer()
    {
        lock (gate)
        {
            return writer ??= WriterFolder.Take(root);
        }
    }

    private string PathOf(string name)
    {
        ArtifactName.Check(name);
        return Path.Combine(root, name.Replace('/', Path.DirectorySeparatorChar));
    }
}
