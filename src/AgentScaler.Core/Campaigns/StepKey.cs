using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns;

/// <summary>
/// A step's key: what it does, what it reads of the identity, and its inputs. Inputs are names that contain the keys of the steps that made
/// them, so keys chain: a changed setting re-runs the steps that read it and all that follow, and nothing else.
/// </summary>
public static class StepKey
{
    /// <summary>SHA-256 over the canonical text of name, version, settings and inputs: 64 hexadecimal digits.</summary>
    /// <param name="settings">What <see cref="IStep.SelectSettings"/> gave.</param>
    public static string Of(StepName step, object settings, IReadOnlyList<string> inputs) =>
        Sha256Text.Of(CanonicalJson.Serialize(new Content(
            step.Name, step.Version, JsonSerializer.SerializeToElement(settings, settings.GetType(), ArtifactJson.Options), inputs)));

    /// <summary>Where the outputs of a step with that key go.</summary>
    public static string PrefixOf(StepName step, string key) => $"steps/{step.Name}/{key}/";

    private sealed record Content(string Name, int Version, JsonElement Settings, IReadOnlyList<string> Inputs);
}
