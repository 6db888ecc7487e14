using AgentScaler.Datasets;
using AgentScaler.Datasets.Writers;

namespace AgentScaler.Cli.Output;

/// <summary>What <c>dataset export --json</c> says of one format.</summary>
/// <param name="UpToDate">Whether it was there already, made from the same dataset.</param>
/// <param name="Missing">What the dataset lacks for it; null if it was written.</param>
internal sealed record ExportAnswer(
    string Format, string Consumer, bool UpToDate, string? Missing, IReadOnlyList<DatasetFile> Files, IReadOnlyList<ExportAnswer.Loss> Losses, SortedDictionary<string, string> LeftOut)
{
    public static ExportAnswer Of(ExportOutcome outcome) => new(
        outcome.Format,
        DatasetFormat.Find(outcome.Format)!.Consumer,
        outcome.UpToDate,
        outcome.Missing,
        outcome.Manifest?.Files ?? [],
        [.. (outcome.Manifest?.Losses ?? []).Select(loss => new Loss(loss.File, loss.Reason, loss.Effect, loss.Count))],
        outcome.Manifest?.LeftOut ?? []);

    /// <summary>What a file lacks, for one reason; the format's manifest lists where.</summary>
    public sealed record Loss(string File, string Reason, ExportEffect Effect, long Count);
}
