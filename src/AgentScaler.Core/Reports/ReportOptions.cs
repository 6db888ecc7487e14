namespace AgentScaler.Reports;

/// <summary>How much a report holds.</summary>
/// <param name="Episodes">Episodes shown with their whole transcript, from 1; the numbers always cover all.</param>
public sealed record ReportOptions(int Episodes = ReportOptions.DefaultEpisodes)
{
    /// <summary>Episodes shown unless somebody says otherwise: a page of some 20 MB.</summary>
    public const int DefaultEpisodes = 10_000;
}
