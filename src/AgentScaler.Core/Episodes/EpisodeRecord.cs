using System.Text.Json.Serialization;
using AgentScaler.Episodes.ToolFaults;

namespace AgentScaler.Episodes;

/// <summary>A whole episode: every message, call, result and state change, and why it ended.</summary>
public sealed record EpisodeRecord
{
    /// <summary>Content-derived id, <c>episode-...</c>, of task, trial and seed.</summary>
    public required string Id { get; init; }

    /// <summary>The task's id.</summary>
    public required string Task { get; init; }

    /// <summary>The environment's id.</summary>
    public required string Environment { get; init; }

    /// <summary>0-based trial of the task.</summary>
    public required int Trial { get; init; }

    /// <summary>The episode's seed path.</summary>
    public required string Seed { get; init; }

    /// <summary>Who spoke: <c>scripted</c>, or <c>models</c> where any party is one.</summary>
    public required string Generator { get; init; }

    /// <summary>Who played which role.</summary>
    public EpisodeModels Models { get; init; } = EpisodeModels.Scripted;

    /// <summary>What the parties that are models took; null if none is.</summary>
    public EpisodeUsage? Usage { get; init; }

    /// <summary>Why a party had no reply, where the episode ended so; else null.</summary>
    public string? Failure { get; init; }

    /// <summary>The transcript; the first message is the system message.</summary>
    public required IReadOnlyList<EpisodeMessage> Messages { get; init; }

    /// <summary>The calls in the order they were executed.</summary>
    public required IReadOnlyList<RecordedCall> Calls { get; init; }

    /// <summary>Why it ended.</summary>
    public required Termination Termination { get; init; }

    /// <summary>The failure of a tool that was part of the episode; null where all tools worked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ToolFault? ToolFault { get; init; }

    /// <summary>State hash at the end.</summary>
    public required string FinalHash { get; init; }

    /// <summary>Mistakes made on purpose; empty in a clean episode.</summary>
    public required IReadOnlyList<InjectedFault> Faults { get; init; }
}
