using System.Text.Json;
using AgentScaler.Campaigns;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;
using AgentScaler.Environments.Engine;
using AgentScaler.Json;
using AgentScaler.Reports;
using AgentScaler.Storage;

namespace AgentScaler.Cli.Local;

/// <summary>Writes the report of a campaign's folder.</summary>
/// <param name="File">The file's full path.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Shown">Episodes shown with their transcripts.</param>
/// <param name="Episodes">All episodes of the campaign.</param>
/// <param name="Seconds">Seconds it took.</param>
internal sealed record ReportFile(string File, long Bytes, long Shown, long Episodes, double Seconds)
{
    /// <summary>Writes it; the file appears whole or not at all.</summary>
    /// <param name="steps">The campaign's steps; none is run.</param>
    /// <param name="output">The file; null for <c>report.html</c> in the folder.</param>
    /// <exception cref="UsageException">The campaign has no dataset yet.</exception>
    /// <exception cref="StoreException">An artifact is missing or damaged.</exception>
    public static async Task<ReportFile> WriteAsync(
        CampaignFolder folder,
        IEnumerable<IStep> steps,
        EnvironmentEngine engine,
        LocalModels models,
        ReportOptions options,
        string? output,
        IProgress<CountProgress>? progress,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var source = await ReportSource.FindAsync(folder.Artifacts, new StepRunner(folder.Artifacts, steps), folder.Reference, null, cancellationToken)
            ?? throw new UsageException($"'{folder.Path}' holds no dataset yet; run the campaign to its end first: agentscaler run {folder.Path}/{CampaignFolder.DocumentName} --out {folder.Path}");
        source = source with
        {
            DocumentNames = folder.Document.Operations.DocumentNames,
            Run = await ReadRunAsync(Path.Combine(folder.Path, "run.json"), cancellationToken),
            Spent = await models.SpentAsync(cancellationToken),
        };
        var file = new FileInfo(Path.GetFullPath(output ?? Path.Combine(folder.Path, CampaignReport.FileName)));
        (long Shown, long Total) written = default;
        await OutputFile.WriteBytesAsync(file, async stream => written = await new CampaignReport(folder.Artifacts, engine, options, progress).WriteAsync(source, stream, cancellationToken));
        file.Refresh();
        return new ReportFile(file.FullName, file.Length, written.Shown, written.Total, Math.Round(clock.GetElapsedTime(started).TotalSeconds, 2));
    }

    private static async Task<ReportRun?> ReadRunAsync(string path, CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ReportRun>(await System.IO.File.ReadAllTextAsync(path, cancellationToken), ArtifactJson.Options);
        }
        catch (JsonException e)
        {
            throw new UsageException($"'{path}': {e.Path ?? "$"}: expected what the last run wrote: {e.Message}; remove the file to leave times out of the report");
        }
    }
}
