using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>Progress on standard error: on a terminal one line that redraws itself, elsewhere a line every few seconds.</summary>
/// <param name="keepsLast">Whether the last line stays on the terminal at the end.</param>
internal sealed class LiveLine(Shell shell, bool keepsLast = false) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private long lastShown = shell.Clock.GetTimestamp();
    private bool drawn;
    private string? last;

    /// <summary>Shows what is made only if it is time to.</summary>
    /// <param name="text">Makes the line.</param>
    /// <param name="now">Show it in any case.</param>
    public void Show(Func<string> text, bool now = false)
    {
        var at = shell.Clock.GetTimestamp();
        if (!now && shell.Clock.GetElapsedTime(lastShown, at) < (shell.IsInteractive ? Redraw : Interval))
        {
            return;
        }

        lastShown = at;
        var line = text();
        if (shell.IsInteractive)
        {
            drawn = true;
            var width = shell.Error.Profile.Width;
            shell.Error.Write(new ControlCode("\r\x1b[K"));
            shell.Error.Write(new Text(line.Length < width ? line : line[..(width - 1)]));
        }
        else if (line != last)
        {
            last = line;
            shell.ErrorText(line);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (drawn)
        {
            shell.Error.Write(new ControlCode(keepsLast ? "\n" : "\r\x1b[K"));
        }
    }
}
