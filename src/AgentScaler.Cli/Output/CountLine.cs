using System.Globalization;
using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>Shows a growing count with its rate on standard error: on a terminal one line that redraws itself, elsewhere a line every few seconds.</summary>
internal sealed class CountLine(Shell shell, string counted) : IProgress<long>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private readonly long started = shell.Clock.GetTimestamp();
    private long lastShown = shell.Clock.GetTimestamp();
    private bool drawn;

    /// <inheritdoc/>
    public void Report(long value)
    {
        var now = shell.Clock.GetTimestamp();
        if (shell.Clock.GetElapsedTime(lastShown, now) < (shell.IsInteractive ? Redraw : Interval))
        {
            return;
        }

        lastShown = now;
        var text = string.Create(CultureInfo.InvariantCulture, $"{value:N0} {counted} ({value / shell.Clock.GetElapsedTime(started, now).TotalSeconds:0}/s)");
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
