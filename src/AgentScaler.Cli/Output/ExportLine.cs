using System.Globalization;
using AgentScaler.Datasets.Writers;
using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>Shows a running export on standard error: on a terminal one line that redraws itself, elsewhere a line every few seconds.</summary>
internal sealed class ExportLine(Shell shell) : IProgress<ExportProgress>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private string current = string.Empty;
    private long started;
    private long lastShown = shell.Clock.GetTimestamp();
    private bool drawn;

    /// <inheritdoc/>
    public void Report(ExportProgress value)
    {
        var now = shell.Clock.GetTimestamp();
        var file = value.Format + "/" + value.File;
        if (file != current)
        {
            (current, started) = (file, now);
        }

        if (value.Done == 0 || shell.Clock.GetElapsedTime(lastShown, now) < (shell.IsInteractive ? Redraw : Interval))
        {
            return;
        }

        lastShown = now;
        var seconds = shell.Clock.GetElapsedTime(started, now).TotalSeconds;
        var rate = seconds > 0 ? value.Done / seconds : 0;
        var left = rate > 0 && value.Total > value.Done ? string.Create(CultureInfo.InvariantCulture, $", {(value.Total - value.Done) / rate:0} s left") : string.Empty;
        var text = string.Create(CultureInfo.InvariantCulture, $"{file}: {value.Done} of {value.Total} ({rate:0}/s{left})");
        if (shell.IsInteractive)
        {
            drawn = true;
            shell.Error.Write(new ControlCode("\r\x1b[K"));
            shell.Error.Write(new Text(text));
        }
        else
        {
            shell.ErrorText(text);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (drawn)
        {
            shell.Error.Write(new ControlCode("\r\x1b[K"));
        }
    }
}
