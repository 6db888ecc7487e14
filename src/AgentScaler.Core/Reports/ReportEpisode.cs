using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Funnel;
using AgentScaler.Tasks;

namespace AgentScaler.Reports;

/// <summary>An episode as a report shows it.</summary>
internal sealed record ReportEpisode
{
    public required string Id { get; init; }

    public required int Trial { get; init; }

    public required string Seed { get; init; }

    public required string Generator { get; init; }

    public required EpisodeModels Models { get; init; }

    public EpisodeUsage? Usage { get; init; }

    public string? Failure { get; init; }

    public required Termination Termination { get; init; }

    /// <summary>The transcript without the system message, which the domain has.</summary>
    public required IReadOnlyList<EpisodeMessage> Messages { get; init; }

    /// <summary>What the transcript does not say of the calls, in its order.</summary>
    public required IReadOnlyList<CallFacts> Calls { get; init; }

    public required IReadOnlyList<InjectedFault> Faults { get; init; }

    /// <summary>The tool that was made to fail; null for none.</summary>
    public ToolFault? ToolFault { get; init; }

    public required RewardParts Reward { get; init; }

    /// <summary>Why it was rejected, a line for a person; null if it was kept.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether it ended in gold's state; where a tool never worked, in that of gold's other calls.</summary>
    public required bool StateEqual { get; init; }

    /// <summary>What it changed, where that is not what gold changed; null too where a replay hit a limit.</summary>
    public IReadOnlyList<StateDifference>? Changes { get; init; }

    /// <summary>Whether it is judged by another state than its task's gold leaves, since a tool never worked.</summary>
    public bool GoldDiffers { get; init; }

    /// <summary>What gold changes where it differs; null too where a replay hit a limit.</summary>
    public IReadOnlyList<StateDifference>? GoldChanges { get; init; }

    /// <summary>A call's outcome.</summary>
    internal sealed record CallFacts(string Id, bool IsError, string? ErrorCode, int RowsChanged);

    /// <summary>A task as a report shows it.</summary>
    /// <param name="GoldChanges">What gold changes; null where a replay hit a limit.</param>
    internal sealed record ReportTask(
        string Id, string Seed, IReadOnlyList<UserRequest> Requests, IReadOnlyList<GoldCall> Gold, IReadOnlyList<StateDifference>? GoldChanges, int InitialChanges);
}
