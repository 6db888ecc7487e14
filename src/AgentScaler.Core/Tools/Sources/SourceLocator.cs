namespace AgentScaler.Tools.Sources;

/// <summary>Expands files, folders (with all below, hidden ones passed over) and globs into the files they hold.</summary>
public static class SourceLocator
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const long MaximumLength = 256L << 20;

    /// <summary>Finds the files of all sources.</summary>
    /// <param name="sources">Files, folders and globs (<c>*</c>, <c>?</c>, <c>**</c>).</param>
    /// <param name="baseFolder">What relative sources start from.</param>
    /// <exception cref="SourceException">A source does not exist, a glob finds nothing, or a folder can't be listed.</exception>
    public static LocatedSources Locate(IEnumerable<string> sources, string baseFolder)
    {
        var files = new SortedDictionary<(string Name, string Path), LocatedFile>();
        var skipped = new SortedDictionary<(string Name, string Path), SkippedFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            var found = Expand(source, baseFolder).ToList();
            if (found.Count == 0)
            {
                skipped[(source, source)] = new SkippedFile(source, "a folder without files, expected documents in it or below");
            }

            foreach (var (path, name, root) in found.Where(file => seen.Add(file.Path)))
            {
                var length = new FileInfo(path).Length;
                if (length > MaximumLength)
                {
                    skipped[(name, path)] = new SkippedFile(name, $"{length} bytes, expected at most {MaximumLength}");
                }
                else
                {
                    files[(name, path)] = new LocatedFile(path, name, length, root);
                }
            }
        }

        return new LocatedSources([.. files.Values], [.. skipped.Values]);
    }

    private static IEnumerable<(string Path, string Name, string Root)> Expand(string source, string baseFolder)
    {
        if (string.IsNullOrWhiteSpace(source))
        {
            throw new SourceException("a source is empty, expected a file, a folder or a glob");
        }

        var path = Path.GetFullPath(source, Path.GetFullPath(baseFolder));
        if (File.Exists(path))
        {
            return [(path, Path.GetFileName(path), Path.GetDirectoryName(path)!)];
        }

        if (Directory.Exists(path))
        {
            return Below(path, path);
        }

        if (!GlobPattern.Is(path))
        {
            throw new SourceException($"source '{source}' does not exist, expected a file, a folder or a glob");
        }

        var (folder, pattern) = GlobPattern.Split(path);
        (string Path, string Name, string Root)[] found = Directory.Exists(folder)
            ? [.. Below(folder, folder).Where(file => GlobPattern.Fits(file.Name.Split('/'), pattern))]
            : [];
        return found.Length > 0 ? found : throw new SourceException($"source '{source}' matches no file");
    }

    private static IEnumerable<(string Path, string Name, string Root)> Below(string folder, string root)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceException($"folder '{folder}' can't be listed: {e.Message}", e);
        }

        foreach (var entry in entries.Where(e => !e.Name.StartsWith('.')).OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            if (entry is FileInfo)
            {
                yield return (entry.FullName, Path.GetRelativePath(root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/'), root);
            }
            else if (entry.LinkTarget is null)
            {
                // Linked folders are passed over: they may lead back here.
                foreach (var file in Below(entry.FullName, root))
                {
                    yield return file;
                }
            }
        }
    }
}
