namespace AgentScaler.Campaigns.Steps;

/// <summary>Where the parts of a built environment are, beside its outcome.</summary>
internal static class PackageArtifacts
{
    /// <summary>What became of the domain; the step's output.</summary>
    public const string Outcome = "outcome.json";

    /// <summary>The package's folder.</summary>
    public const string Folder = "package/";

    /// <summary>Dependency edges between the package's tools.</summary>
    public const string Dependencies = "dependencies.json";

    /// <summary>The name of an artifact beside a step's output.</summary>
    public static string Beside(string reference, string name) => reference[..(reference.LastIndexOf('/') + 1)] + name;
}
