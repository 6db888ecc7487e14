namespace AgentScaler.Campaigns.Steps;

/// <summary>Names of artifacts beside a step's output.</summary>
public static class ArtifactNames
{
    /// <summary>The table of all stages, beside a dataset's manifest.</summary>
    public const string Summary = "summary.json";

    /// <summary>What became of the domain; the step's output.</summary>
    public const string Outcome = "outcome.json";

    /// <summary>The package's folder.</summary>
    public const string Folder = "package/";

    /// <summary>Dependency edges between the package's tools.</summary>
    public const string Dependencies = "dependencies.json";

    /// <summary>The name of an artifact beside a step's output.</summary>
    public static string Beside(string reference, string name) => reference[..(reference.LastIndexOf('/') + 1)] + name;
}
