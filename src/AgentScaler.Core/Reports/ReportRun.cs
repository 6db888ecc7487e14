using System.Text.Json.Serialization;

namespace AgentScaler.Reports;

/// <summary>
/// What a report says of the last run on one machine: <c>run.json</c> without the names of files, so that a report that is handed on tells nothing of where
/// its maker keeps things.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ReportRun
{
    /// <summary>When it ended.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>Seconds it took.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds of processors.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>Peak memory in MB.</summary>
    public double PeakMegabytes { get; init; }

    /// <summary>Steps at once.</summary>
    public int Parallelism { get; init; }

    /// <summary>The machine.</summary>
    public string? Machine { get; init; }

    /// <summary>The runtime.</summary>
    public string? Runtime { get; init; }

    /// <summary>By step, what those that were run took.</summary>
    public SortedDictionary<string, StepCost> Steps { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What the steps of one name took, all workers together.</summary>
    /// <param name="Steps">Steps that were run.</param>
    /// <param name="Seconds">Their seconds.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    public sealed record StepCost(int Steps, double Seconds);
}
