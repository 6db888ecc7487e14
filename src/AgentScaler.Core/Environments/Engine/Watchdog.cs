namespace AgentScaler.Environments.Engine;

/// <summary>One thread per engine that looks at the start stamps of running calls: a timer per call would cost more than most calls.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>
    /// How often the watchdog may see a call whose heap is not sampled before that call has to be repeated with sampling: some 50 ms. In that
    /// time V8 can't fill the room between soft and hard heap limit. Counted in looks, so it holds under any clock.
    /// </summary>
    public const int BurstSightings = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly ManualResetEventSlim stop = new();
    private readonly Thread thread;

    /// <summary>Starts watching.</summary>
    /// <param name="look">Looks at every running call once.</param>
    public Watchdog(Action look)
    {
        thread = new Thread(() =>
        {
            while (!stop.Wait(Interval))
            {
                look();
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
