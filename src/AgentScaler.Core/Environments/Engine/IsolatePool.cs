namespace AgentScaler.Environments.Engine;

/// <summary>A bounded set of isolates, keyed by environment; the least recently used idle one makes room for another environment.</summary>
internal sealed class IsolatePool(EngineOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>A new isolate needs a while to be of use, and the load of the memory a while to fall.</summary>
    private static readonly TimeSpan BetweenReliefs = TimeSpan.FromSeconds(1);

    /// <summary>Trimming takes up to some 25 ms; meanwhile overdue calls run on.</summary>
    private static readonly TimeSpan BetweenTrims = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly object freed = new();
    private readonly List<Isolate> all = [];

    /// <summary>Idle ones, least recently used first.</summary>
    private readonly List<Isolate> idle = [];
    private int count;
    private bool disposed;
    private long? relievedAt;
    private long trimmedAt = clock.GetTimestamp();
    private bool used;

    /// <summary>Isolates alive.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return all.Count;
            }
        }
    }

    /// <summary>Takes an isolate of the environment for one call: the preferred one if it is idle, else any, else a new one; waits if all are busy.</summary>
    public Isolate Rent(LoadedEnvironment environment, Isolate? preferred)
    {
        Isolate? evicted = null;
        lock (freed)
        {
            used = true;
            while (true)
            {
                ObjectDisposedException.ThrowIf(disposed, typeof(EnvironmentEngine));
                if (TakeIdle(environment, preferred) is { } isolate)
                {
                    return isolate;
                }

                if (count < options.MaximumIsolates)
                {
                    count++;
                    break;
                }

                if (idle.Count > 0)
                {
                    evicted = idle[0];
                    idle.RemoveAt(0);
                    Forget(evicted);
                    break;
                }

                Monitor.Wait(freed);
            }
        }

        return Create(environment, evicted);
    }

    /// <summary>Gives an isolate back; a spent one is disposed of.</summary>
    public void Return(Isolate isolate)
    {
        lock (freed)
        {
            if (!isolate.IsSpent && !disposed)
            {
                idle.Add(isolate);
                Monitor.Pulse(freed);
                return;
            }

            Forget(isolate);
            count--;
            Monitor.Pulse(freed);
        }

        isolate.Dispose();
    }

    /// <summary>Looks at every running call and interrupts what has run too long.</summary>
    public void Watch()
    {
        Isolate[] isolates;
        lock (gate)
        {
            isolates = [.. all];
        }

        foreach (var isolate in isolates)
        {
            isolate.Watch(options.CallTimeout);
        }
    }

    /// <summary>Gives up the idle isolates if the memory is nearly full; at most once a second.</summary>
    public void Relieve()
    {
        if ((relievedAt is { } last && clock.GetElapsedTime(last) < BetweenReliefs) || options.MemoryLoad() <= options.MemoryLoadLimit)
        {
            return;
        }

        relievedAt = clock.GetTimestamp();
        DisposeIdle();
    }

    /// <summary>Hands memory that isolates have freed back to the system; every few seconds while calls run, and once after.</summary>
    public void Trim()
    {
        if (clock.GetElapsedTime(trimmedAt) < BetweenTrims)
        {
            return;
        }

        trimmedAt = clock.GetTimestamp();
        lock (freed)
        {
            if (!used)
            {
                return;
            }

            used = false;
        }

        NativeHeap.Trim();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (freed)
        {
            disposed = true;
        }

        // A busy isolate is disposed of when its call returns it.
        DisposeIdle();
    }

    private void DisposeIdle()
    {
        Isolate[] isolates;
        lock (freed)
        {
            isolates = [.. idle];
            idle.Clear();
            count -= isolates.Length;
            Monitor.PulseAll(freed);
        }

        foreach (var isolate in isolates)
        {
            Forget(isolate);
            isolate.Dispose();
        }
    }

    private Isolate Create(LoadedEnvironment environment, Isolate? evicted)
    {
        try
        {
            evicted?.Dispose();
            var isolate = new Isolate(environment, options, clock);
            lock (gate)
            {
                all.Add(isolate);
            }

            return isolate;
        }
        catch
        {
            lock (freed)
            {
                count--;
                Monitor.Pulse(freed);
            }

            throw;
        }
    }

    private Isolate? TakeIdle(LoadedEnvironment environment, Isolate? preferred)
    {
        var found = -1;
        for (var i = idle.Count - 1; i >= 0; i--)
        {
            if (idle[i] == preferred)
            {
                found = i;
                break;
            }

            if (found < 0 && idle[i].Environment.Sandbox == environment.Sandbox)
            {
                found = i;
            }
        }

        if (found < 0)
        {
            return null;
        }

        var isolate = idle[found];
        idle.RemoveAt(found);
        return isolate;
    }

    private void Forget(Isolate isolate)
    {
        lock (gate)
        {
            all.Remove(isolate);
        }
    }
}
