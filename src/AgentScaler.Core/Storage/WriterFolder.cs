using System.Globalization;

namespace AgentScaler.Storage;

/// <summary>
/// The folder in which one open store writes its unfinished files: <c>~tmp/{process id}-{number}</c>. It is held by a locked file, so whoever
/// opens the store next can tell the leftovers of a killed writer from the work of a living one, in this and in other processes.
/// </summary>
internal sealed class WriterFolder : IDisposable
{
    /// <summary>Below a store's root; <c>~</c> stands in no artifact name, so no artifact can be in there.</summary>
    public const string ParentName = "~tmp";

    private const string LockName = "lock";

    private const int MostWritersOfOneProcess = 10_000;

    private readonly string path;
    private readonly FileStream held;
    private long files;

    private WriterFolder(string path, FileStream held)
    {
        this.path = path;
        this.held = held;
    }

    /// <summary>Takes a folder of its own below a store's root.</summary>
    /// <exception cref="IOException">The folder or its lock cannot be made.</exception>
    public static WriterFolder Take(string root)
    {
        for (var number = 0; ; number++)
        {
            var path = Path.Combine(root, ParentName, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{number}"));
            try
            {
                Directory.CreateDirectory(path);
                return new WriterFolder(path, new FileStream(Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (number < MostWritersOfOneProcess && Directory.Exists(path))
            {
                // Taken: by another store of this process, or by a killed process that had the same id.
            }
        }
    }

    /// <summary>Removes what killed writers left below a store's root. What cannot be removed stays: nobody sees it, and the next opening tries again.</summary>
    public static void RemoveAbandoned(string root)
    {
        var parent = Path.Combine(root, ParentName);
        if (!Directory.Exists(parent))
        {
            return;
        }

        try
        {
            foreach (var folder in Directory.GetDirectories(parent).Order(StringComparer.Ordinal))
            {
                RemoveIfAbandoned(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A store that may only be read, or another process cleaning up at the same time.
        }
    }

    /// <summary>A path for a new unfinished file, given once.</summary>
    public string NewFile() => Path.Combine(path, Interlocked.Increment(ref files).ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next opening removes it, as it would after a kill.
        }

        held.Dispose();
    }

    private static void RemoveIfAbandoned(string folder)
    {
        try
        {
            // Opening or creating: a writer killed between folder and lock left none; one that is just there will fail to create it and take another.
            using (new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its writer lives.
        }
    }
}
