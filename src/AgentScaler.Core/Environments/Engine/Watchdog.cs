namespace AgentScaler.Environments.Engine;

/// <summary>One thread per engine that looks at the start stamps of running calls: a timer per call would cost more than most calls.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly ManualResetEventSlim stop = new();
    private readonly Thread thread;

    /// <summary>Starts watching.</summary>
    /// <param name="limit">The calls' time limit; it is looked at ten times as often, between 2 and 100 ms.</param>
    /// <param name="interruptOverdue">Interrupts what has run too long.</param>
    public Watchdog(TimeSpan limit, Action interruptOverdue)
    {
        var interval = TimeSpan.FromMilliseconds(Math.Clamp(limit.TotalMilliseconds / 10, 2, 100));
        thread = new Thread(() =>
        {
            while (!stop.Wait(interval))
            {
                interruptOverdue();
            }
        })
        {
            IsBackground = true,
            Name = "sandbox watchdog",
        };
        thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Set();
        thread.Join();
        stop.Dispose();
    }
}
