namespace AgentScaler.Datasets;

/// <summary>Finds the folder of a campaign by what a user may name.</summary>
internal static class DatasetFolder
{
    private const string Name = "dataset";

    /// <summary>The folder that holds <c>dataset/manifest.json</c>.</summary>
    /// <param name="directory">It, or its folder <c>dataset</c>. Exported formats have a manifest too, so only a folder of that name is taken for it.</param>
    /// <returns>Null if it is neither.</returns>
    public static string? FindRoot(string directory)
    {
        if (File.Exists(Path.Combine(directory, Name, DatasetManifest.FileName)))
        {
            return directory;
        }

        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        return Path.GetFileName(full) == Name && File.Exists(Path.Combine(full, DatasetManifest.FileName)) ? Path.GetDirectoryName(full) : null;
    }
}
