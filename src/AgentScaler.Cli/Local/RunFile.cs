using System.Runtime.InteropServices;
using System.Text.Json;
using AgentScaler.Campaigns;
using AgentScaler.Cli.Output;
using AgentScaler.Json;
using AgentScaler.Models.Spending;
using AgentScaler.Tools.Sources;

namespace AgentScaler.Cli.Local;

/// <summary>What <c>run.json</c> says of the last run: times and machine, which are no part of the dataset.</summary>
/// <param name="Finished">When it ended.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
/// <param name="CpuSeconds">Processor seconds of the process.</param>
/// <param name="PeakMegabytes">Largest working set.</param>
/// <param name="Skipped">Files that were found but not read.</param>
/// <param name="Models">What the campaign has spent on models, over all its runs; null if none plays a role.</param>
internal sealed record RunFile(
    DateTimeOffset Finished, double Seconds, double CpuSeconds, double PeakMegabytes, int Parallelism, string Machine, string Runtime, IReadOnlyList<SkippedFile> Skipped, SpendReport? Models)
{
    /// <summary>By step, what those that were run took, all workers together.</summary>
    public IReadOnlyDictionary<string, StepTime> Steps { get; init; } = new SortedDictionary<string, StepTime>(StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Indented = new(ArtifactJson.Options) { WriteIndented = true };

    /// <summary>Writes <c>run.json</c> into the campaign's folder.</summary>
    public static async Task<RunFile> WriteAsync(
        CampaignFolder folder, TimeProvider clock, long started, int parallelism, IReadOnlyList<SkippedFile> skipped, StepTimes times, SpendReport? models, CancellationToken cancellationToken)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var run = new RunFile(
            clock.GetUtcNow(),
            Math.Round(clock.GetElapsedTime(started).TotalSeconds, 2),
            Math.Round(process.TotalProcessorTime.TotalSeconds, 2),
            Math.Round(process.PeakWorkingSet64 / 1048576.0, 1),
            parallelism,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors",
            RuntimeInformation.FrameworkDescription,
            skipped,
            models)
        {
            Steps = times.Times,
        };
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "run.json"), JsonSerializer.Serialize(run, Indented) + "\n", cancellationToken);
        return run;
    }
}
