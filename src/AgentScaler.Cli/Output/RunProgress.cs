using System.Globalization;
using AgentScaler.Campaigns;
using AgentScaler.Models.Spending;
using AgentScaler.Workflow;
using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>Shows a running campaign on standard error: on a terminal one line that redraws itself, elsewhere a line every few seconds.</summary>
internal sealed class RunProgress : IProgress<WorkflowStatus>, IProgress<StepProgress>, IDisposable
{
    private readonly Shell shell;
    private readonly StepTimes times;
    private readonly Func<Spend?> spent;
    private readonly Lock gate = new();
    private readonly long started;
    private readonly LiveLine line;
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
    private string stage = "starting";
    private int pages;
    private int pagesTotal;
    private int running;
    private int finished;
    private int reused;

    /// <param name="times">Takes note of every step, and tells what is left.</param>
    /// <param name="spent">What has been spent on models so far; null where no role is a model's.</param>
    public RunProgress(Shell shell, StepTimes times, Func<Spend?> spent)
    {
        this.shell = shell;
        this.times = times;
        this.spent = spent;
        started = shell.Clock.GetTimestamp();
        line = new LiveLine(shell, keepsLast: true);
    }

    /// <inheritdoc/>
    public void Report(WorkflowStatus value)
    {
        lock (gate)
        {
            var isNew = stage != value.Stage;
            (stage, pages, pagesTotal) = (value.Stage, value.Done, value.Total);
            line.Show(Text, now: isNew);
        }
    }

    /// <inheritdoc/>
    public void Report(StepProgress value)
    {
        lock (gate)
        {
            switch (value.Phase)
            {
                case StepPhase.Started:
                    running++;
                    break;
                case StepPhase.Retrying:
                    running--;
                    shell.Error.MarkupLineInterpolated($"[yellow]{value.Step} failed (attempt {value.Attempt}): {value.Fault ?? ""}; it will be tried again[/]");
                    break;
                case StepPhase.Failed:
                    running--;
                    break;
                default:
                    running--;
                    finished++;
                    reused += value.Phase == StepPhase.FromStore ? 1 : 0;
                    Add(value);
                    times.Add(value);
                    break;
            }

            line.Show(Text);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            line.Show(Text, now: true);
            line.Dispose();
        }
    }

    private void Add(StepProgress value)
    {
        // These two sum up what other steps said already.
        if (value.Step == StepNames.CollectPage.Name || value.Step == StepNames.AssembleDataset.Name)
        {
            return;
        }

        foreach (var (name, count) in value.Counts)
        {
            counts[name] = counts.GetValueOrDefault(name) + count;
        }
    }

    private string Text()
    {
        var elapsed = shell.Clock.GetElapsedTime(started).TotalSeconds;
        var episodes = counts.GetValueOrDefault("episodes");
        var rate = elapsed > 0 ? episodes / elapsed : 0;
        var text = $"{elapsed,6:0.0} s  {stage}  page {pages}/{pagesTotal}  steps {finished} done, {reused} from store, {running} running"
            + $"  tools {counts.GetValueOrDefault("tools")}  environments {counts.GetValueOrDefault("environments")}  tasks {counts.GetValueOrDefault("tasks")}"
            + $"  episodes {episodes} ({rate:0}/s)  kept {counts.GetValueOrDefault("kept")}";
        if (times.Left() is { } left)
        {
            text += string.Create(CultureInfo.InvariantCulture, $"  about {Math.Ceiling(left.TotalSeconds):0} s left");
        }

        if (spent() is { } spend)
        {
            text += string.Create(CultureInfo.InvariantCulture, $"  requests {spend.Requests}  tokens {spend.Tokens}  USD {spend.Usd:0.00}");
        }

        return text;
    }
}
