using AgentScaler.Environments.Packages;

namespace AgentScaler.Campaigns.Steps;

/// <summary>The artifacts of a built environment: <c>outcome.json</c> and what stands beside it.</summary>
internal static class EnvironmentArtifacts
{
    /// <summary>What became of the domain; the step's output.</summary>
    public const string Outcome = "outcome.json";

    /// <summary>The package's folder.</summary>
    public const string Package = "package/";

    /// <summary>The last audit, where there was something to audit.</summary>
    public const string Audit = PackageFiles.Audit;

    /// <summary>What a model did to the domain's tools and edges, where one builds.</summary>
    public const string Preparation = "preparation.json";

    /// <summary>Dependency edges between the package's tools.</summary>
    public const string Dependencies = "dependencies.json";
}
