namespace AgentScaler.Episodes;

/// <summary>How episodes are rolled out (pipeline.md, stage 5).</summary>
public sealed record EpisodeSettings
{
    /// <summary>Episodes a task, 1-100.</summary>
    public int Trials { get; init; } = 4;

    /// <summary>Most agent steps, 1-200.</summary>
    public int MaximumSteps { get; init; } = 30;

    /// <summary>Consecutive tool errors that end an episode, 1-100.</summary>
    public int MaximumToolErrors { get; init; } = 10;

    /// <summary>Share of scripted episodes with an injected mistake, 0-1.</summary>
    public double FaultShare { get; init; } = 0.5;
}
