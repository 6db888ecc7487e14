namespace AgentScaler.Cli.Tests;

/// <summary>Finds real data beside the checkout; it is never part of the project.</summary>
internal static class SharedFolder
{
    /// <summary>The full path of something below <c>shared</c>, or null if it is not there. <c>AGENTSCALER_SHARED</c> names another place.</summary>
    public static string? Find(string relative)
    {
        if (Environment.GetEnvironmentVariable("AGENTSCALER_SHARED") is { Length: > 0 } named)
        {
            return Existing(Path.Combine(named, relative));
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentScaler.sln")))
            {
                return Existing(Path.Combine(folder.FullName, "..", "shared", relative));
            }
        }

        return null;
    }

    private static string? Existing(string path) => Directory.Exists(path) || File.Exists(path) ? Path.GetFullPath(path) : null;
}
