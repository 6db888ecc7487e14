using AgentScaler.Workflow;

namespace AgentScaler.Campaigns;

/// <summary>
/// A step: a pure function from settings and input artifacts to output artifacts. Running it twice writes the same bytes, so it may be
/// retried, run twice at once, or killed at any point.
/// </summary>
public interface IStep
{
    /// <summary>Its name and version.</summary>
    StepName Name { get; }

    /// <summary>The part of the identity this step reads; anything else must not change its result. It becomes part of the step's key.</summary>
    object SelectSettings(CampaignIdentity identity);

    /// <summary>Runs the step.</summary>
    /// <returns>References of what it wrote under <see cref="StepRun.NewArtifact"/>.</returns>
    Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken);
}
