using System.Diagnostics;
using System.Globalization;

namespace AgentScaler.Cli.Output;

/// <summary>CPU seconds of this process by phase, all threads together, and its peak memory; for reports only.</summary>
internal sealed class ResourceMeter(TimeProvider clock)
{
    private readonly long start = clock.GetTimestamp();
    private readonly List<PhaseCost> phases = [];
    private string? name;
    private long phaseStart;
    private TimeSpan phaseCpu;

    /// <summary>The phases that have ended, in their order.</summary>
    public IReadOnlyList<PhaseCost> Phases => phases;

    /// <summary>Seconds since the meter was made.</summary>
    public double Seconds => Round(clock.GetElapsedTime(start));

    /// <summary>CPU seconds since the process began, its start-up among them.</summary>
    public static double ProcessCpuSeconds => Round(Environment.CpuUsage.TotalTime);

    /// <summary>Most memory the process has held so far, in MB of 1,000,000 bytes.</summary>
    public static double PeakMemoryMegabytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return Math.Round(process.PeakWorkingSet64 / 1e6, 1);
        }
    }

    /// <summary>Ends the running phase, if any, and begins another.</summary>
    public void Begin(string phase)
    {
        End();
        (name, phaseStart, phaseCpu) = (phase, clock.GetTimestamp(), Environment.CpuUsage.TotalTime);
    }

    /// <summary>Ends the running phase.</summary>
    public void End()
    {
        if (name is not null)
        {
            phases.Add(new PhaseCost(name, Round(clock.GetElapsedTime(phaseStart)), Round(Environment.CpuUsage.TotalTime - phaseCpu)));
            name = null;
        }
    }

    /// <summary>CPU seconds of a phase that has ended.</summary>
    public double CpuSeconds(string phase) => phases.Where(cost => cost.Phase == phase).Sum(cost => cost.CpuSeconds);

    /// <summary>One line for people.</summary>
    public string Line() => string.Create(
        CultureInfo.InvariantCulture,
        $"CPU seconds: {string.Join(", ", phases.Select(cost => string.Create(CultureInfo.InvariantCulture, $"{cost.Phase} {cost.CpuSeconds:0.00}")))}; the process with its start-up {ProcessCpuSeconds:0.00}. Seconds: {Seconds:0.00}. Peak memory: {PeakMemoryMegabytes:N0} MB.");

    private static double Round(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
