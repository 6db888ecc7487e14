namespace AgentScaler.Cli.Local;

/// <summary>The catalogue of our own that comes with the program.</summary>
internal static class SampleCatalogue
{
    /// <summary>Its folder, beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Samples");
}
