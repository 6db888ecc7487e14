using System.ComponentModel.DataAnnotations;

namespace AgentScaler.Episodes;

/// <summary>How episodes are rolled out (pipeline.md, stage 5).</summary>
public sealed record EpisodeSettings
{
    /// <summary>Episodes a task, 1-100.</summary>
    [Range(1, 100)]
    public int Trials { get; init; } = 4;

    /// <summary>Most agent steps, 1-200.</summary>
    [Range(1, 200)]
    public int MaximumSteps { get; init; } = 30;

    /// <summary>Consecutive tool errors that end an episode, 1-100.</summary>
    [Range(1, 100)]
    public int MaximumToolErrors { get; init; } = 10;

    /// <summary>Share of scripted episodes with an injected mistake, 0-1.</summary>
    [Range(0.0, 1.0)]
    public double FaultShare { get; init; } = 0.5;

    /// <summary>Task id to further episodes of it, 1-100 each, as <c>dataset/difficulty.plan.json</c> of an earlier run names them; null for none.</summary>
    public SortedDictionary<string, int>? MoreTrials { get; init; }

    /// <summary>Episodes of a task.</summary>
    public int TrialsOf(string task) => Trials + (MoreTrials?.GetValueOrDefault(task) ?? 0);
}
