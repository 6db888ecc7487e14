namespace AgentScaler.Tools;

/// <summary>The sums of an import.</summary>
public sealed record ImportTotals
{
    /// <summary>Documents given, each once.</summary>
    public required int Documents { get; init; }

    /// <summary>Documents of a dialect that is not yet read, known or not.</summary>
    public required int NotYetRead { get; init; }

    /// <summary>Documents that begin like JSON and are none: truncated, broken, or nested too deep.</summary>
    public required int Unreadable { get; init; }

    /// <summary>Tools found in the documents; <see cref="Kept"/> plus <see cref="Rejected"/>.</summary>
    public required int Read { get; init; }

    /// <summary>Tools that passed the screening.</summary>
    public required int Kept { get; init; }

    /// <summary>Tools that did not.</summary>
    public required int Rejected { get; init; }

    /// <summary>Reason code to number of tools.</summary>
    public required SortedDictionary<string, int> RejectedByReason { get; init; }

    /// <summary>Faults found in the documents.</summary>
    public required int Problems { get; init; }
}
