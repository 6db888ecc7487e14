namespace AgentScaler.Episodes;

/// <summary>The words by which a user ends an episode (those of tau-bench and tau2-bench).</summary>
public static class StopMarkers
{
    /// <summary>The user deems the task complete.</summary>
    public const string Stop = "###STOP###";

    /// <summary>The user was transferred to a person.</summary>
    public const string Transfer = "###TRANSFER###";

    /// <summary>The scenario does not tell the user what to say.</summary>
    public const string OutOfScope = "###OUT-OF-SCOPE###";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Stop, Transfer, OutOfScope];

    /// <summary>The marker a text contains, or null.</summary>
    public static string? Find(string text) => All.FirstOrDefault(marker => text.Contains(marker, StringComparison.Ordinal));
}
