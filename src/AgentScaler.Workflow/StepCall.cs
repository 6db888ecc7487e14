namespace AgentScaler.Workflow;

/// <summary>What travels to whoever runs a step: references, never payloads.</summary>
/// <param name="Campaign">Reference of the campaign's identity.</param>
/// <param name="Inputs">References of the artifacts the step reads, in the order it expects.</param>
public sealed record StepCall(string Name, int Version, string Campaign, IReadOnlyList<string> Inputs)
{
    /// <summary>A call of a step of this pipeline.</summary>
    public static StepCall Of(StepName step, string campaign, params IReadOnlyList<string> inputs) =>
        new(step.Name, step.Version, campaign, inputs);
}
