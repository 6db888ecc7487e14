namespace AgentScaler.Tests;

/// <summary>Data beside the repository that is too large or not ours to keep in it.</summary>
internal static class SharedData
{
    /// <summary>The full path of a file or folder below <c>shared</c>, or null where there is none; <c>AGENTSCALER_SHARED</c> names another place.</summary>
    public static string? Find(string relative)
    {
        if (Environment.GetEnvironmentVariable("AGENTSCALER_SHARED") is { Length: > 0 } given)
        {
            return Existing(Path.Combine(given, relative));
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", relative)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? Existing(string path) => File.Exists(path) || Directory.Exists(path) ? path : null;
}
