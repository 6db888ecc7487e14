namespace AgentScaler.Core.Tests;

/// <summary>Real data beside the repository, never in it; tests that need it skip where it is absent.</summary>
internal static class SharedData
{
    /// <summary>The full path of a file or folder below <c>shared</c>, or null if it is not there.</summary>
    public static string? Find(string relative)
    {
        if (Environment.GetEnvironmentVariable("AGENTSCALER_SHARED") is { Length: > 0 } named)
        {
            return Existing(Path.Combine(named, relative));
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", relative)) is { } path)
            {
                return path;
            }
        }

        return null;
    }

    private static string? Existing(string path) => File.Exists(path) || Directory.Exists(path) ? path : null;
}
