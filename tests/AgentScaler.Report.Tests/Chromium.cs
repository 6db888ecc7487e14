namespace AgentScaler.Report.Tests;

/// <summary>The browser of this machine: named by <c>CHROMIUM_PATH</c>, or found on the path; nothing is downloaded.</summary>
internal static class Chromium
{
    /// <summary>What a skipped test says.</summary>
    public const string Missing = "there is no chromium on the path, and CHROMIUM_PATH names none: the report is not walked through (Debian: apt-get install chromium)";

    /// <summary>Its executable, or null.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } named ? named : Find();

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
