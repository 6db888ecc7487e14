namespace AgentScaler.Funnel;

/// <summary>Why a check turns an episode down.</summary>
/// <param name="Reason">One of <see cref="FunnelReasons"/>.</param>
/// <param name="Attribution">Whose fault.</param>
/// <param name="Detail">One line for a person.</param>
internal sealed record Rejection(string Reason, Attribution Attribution, string Detail)
{
    private const int LongestDetail = 400;

    /// <summary>The verdict that rejects an episode for this.</summary>
    public Verdict At(FunnelStage stage, string episode)
    {
        var line = Detail.ReplaceLineEndings(" ");
        return new Verdict(episode, false, stage, Reason, Attribution, line.Length <= LongestDetail ? line : line[..LongestDetail] + "…");
    }
}
