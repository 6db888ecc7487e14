using System.Globalization;
using AgentScaler.Datasets;

namespace AgentScaler.Cli.Output;

/// <summary>Shows a growing count with its rate and, where it is known how many there are, what is left.</summary>
/// <param name="counted">What is counted, e.g. <c>episodes read</c>.</param>
internal sealed class CountLine(Shell shell, string counted) : IProgress<CountProgress>, IDisposable
{
    private readonly LiveLine line = new(shell);
    private long started = shell.Clock.GetTimestamp();
    private long before;

    /// <inheritdoc/>
    public void Report(CountProgress value)
    {
        // A count that begins anew (another file) has a rate of its own.
        if (value.Done < before)
        {
            started = shell.Clock.GetTimestamp();
        }

        before = value.Done;
        line.Show(() => Text(value.Done, value.Total, counted, shell.Clock.GetElapsedTime(started)));
    }

    /// <inheritdoc/>
    public void Dispose() => line.Dispose();

    /// <summary>The line: <c>1,200 of 5,000 episodes read (400/s, 10 s left)</c>.</summary>
    internal static string Text(long value, long total, string counted, TimeSpan elapsed)
    {
        var rate = elapsed > TimeSpan.Zero ? value / elapsed.TotalSeconds : 0;
        var of = total > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {total:N0}") : string.Empty;
        var left = rate > 0 && total > value ? string.Create(CultureInfo.InvariantCulture, $", {(total - value) / rate:0} s left") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{value:N0}{of} {counted} ({rate:0}/s{left})");
    }
}
