using AgentScaler.Storage;

namespace AgentScaler.Campaigns;

/// <summary>One run of a step.</summary>
/// <param name="Key">The step's key: hash of name, version, selected settings and inputs.</param>
/// <param name="Settings">What <see cref="IStep.SelectSettings"/> gave.</param>
/// <param name="Inputs">References of its input artifacts.</param>
/// <param name="Prefix">Where its outputs go, ending in <c>/</c>.</param>
public sealed record StepRun(string Key, object Settings, IReadOnlyList<string> Inputs, string Prefix, IArtifactStore Artifacts)
{
    /// <summary>Reference of the campaign's identity that the step was called for; others that select the same settings share its result.</summary>
    public string Campaign { get; init; } = string.Empty;

    /// <summary>The full name of an output artifact.</summary>
    public string NewArtifact(string name) => Prefix + name;
}
