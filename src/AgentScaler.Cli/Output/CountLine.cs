using System.Globalization;
using AgentScaler.Datasets;

namespace AgentScaler.Cli.Output;

/// <summary>Shows a growing count with its rate and, where it is known how many there are, what is left. Several threads may report.</summary>
/// <param name="counted">What is counted where a report doesn't say it, e.g. <c>episodes read</c>.</param>
internal sealed class CountLine(Shell shell, string counted) : IProgress<CountProgress>, IDisposable
{
    private readonly Lock gate = new();
    private readonly LiveLine line = new(shell);
    private long started;
    private long from;
    private CountProgress? last;

    /// <inheritdoc/>
    public void Report(CountProgress value)
    {
        lock (gate)
        {
            // A count that begins (anew, with another file) has a rate of its own; what came before its first unit is no part of it.
            if (last is not { } before || value.Done < before.Done || (value.Done == before.Done && value.What != before.What))
            {
                (started, from) = (shell.Clock.GetTimestamp(), value.Done);
            }

            // Who sits before it sees at once what is under way, however long that takes.
            var isNew = last is null || value.What != last.Value.What;
            last = value;
            line.Show(() => Text(value.Done, value.Total, value.What ?? counted, value.Done - from, shell.Clock.GetElapsedTime(started)), now: isNew && shell.IsInteractive);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => line.Dispose();

    /// <summary>The line: <c>1,200 of 5,000 episodes read (400/s, 10 s left)</c>; without the rest where nothing was timed yet.</summary>
    /// <param name="timed">Units done in the time that elapsed.</param>
    internal static string Text(long value, long total, string counted, long timed, TimeSpan elapsed)
    {
        var of = total > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {total:N0}") : string.Empty;
        var text = string.Create(CultureInfo.InvariantCulture, $"{value:N0}{of} {counted}");
        if (timed <= 0 || elapsed <= TimeSpan.Zero)
        {
            return text;
        }

        var rate = timed / elapsed.TotalSeconds;
        var speed = rate.ToString(rate < 10 ? "0.##" : "0", CultureInfo.InvariantCulture);
        var left = total > value ? string.Create(CultureInfo.InvariantCulture, $", {(total - value) / rate:0} s left") : string.Empty;
        return $"{text} ({speed}/s{left})";
    }
}
