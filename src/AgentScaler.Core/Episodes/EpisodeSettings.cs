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

    /// <summary>Share of reads that a scripted agent makes in one message with the read before, where they need nothing of its result, 0-1.</summary>
    [Range(0.0, 1.0)]
    public double ParallelShare { get; init; } = 0.3;

    /// <summary>Share of a scripted agent's messages with reasoning, 0-1.</summary>
    [Range(0.0, 1.0)]
    public double ReasoningShare { get; init; } = 0.25;

    /// <summary>
    /// Share of episodes, scripted or not, in which a tool fails for no fault of the agent's, 0-1: once or twice with an error that passes (timeout, rate limit, unavailable), or always. Decided by
    /// the episode's seed and part of its record.
    /// </summary>
    [Range(0.0, 1.0)]
    public double ToolFaultShare { get; init; } = 0.05;

    /// <summary>Share of scripted episodes with an injected mistake, 0-1.</summary>
    [Range(0.0, 1.0)]
    public double FaultShare { get; init; } = 0.5;

    /// <summary>Task id to further episodes of it, 1-100 each, as <c>dataset/difficulty.plan.json</c> of an earlier run names them; null for none.</summary>
    public SortedDictionary<string, int>? MoreTrials { get; init; }

    /// <summary>Episodes of a task.</summary>
    public int TrialsOf(string task) => Trials + (MoreTrials?.GetValueOrDefault(task) ?? 0);
}
