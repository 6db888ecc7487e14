using AgentScaler.Determinism;

namespace AgentScaler.Environments.Engine;

/// <summary>
/// Runs tool programs in a sandbox (architecture.md, "Environments: the engine"). Thread-safe; a session is used by one thread at a time. Which isolate
/// serves a call never shows in a result.
/// </summary>
public sealed class EnvironmentEngine : IDisposable
{
    private readonly IsolatePool pool;
    private readonly Watchdog watchdog;
    private long sessions;

    /// <summary>Creates an engine without isolates; they come with the first calls.</summary>
    /// <param name="clock">Gives the time stamps for <see cref="EngineOptions.CallTimeout"/>; the time inside environments is the package's.</param>
    public EnvironmentEngine(EngineOptions options, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaximumIsolates);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.SessionsPerIsolate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.SoftHeapBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MemoryLoadLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CallTimeout, TimeSpan.FromMilliseconds(1));
        pool = new IsolatePool(options, clock);
        watchdog = new Watchdog(() =>
        {
            pool.Watch();
            pool.Relieve();
            pool.Trim();
        });
    }

    /// <summary>How many isolates are alive; they hold memory, and nothing that a session could lose.</summary>
    internal int Isolates => pool.Count;

    /// <summary>Starts a session on the environment's initial state. Costs microseconds: nothing is copied but the given rows.</summary>
    /// <param name="seed">Where ids generated in the session derive from.</param>
    /// <param name="initial">Rows that differ from the environment's initial state.</param>
    /// <exception cref="ArgumentException">An initial row names no collection or lacks its key field.</exception>
    public EnvironmentSession Open(LoadedEnvironment environment, Seed seed, IReadOnlyList<RowChange>? initial = null) =>
        new(this, pool, environment, seed, initial ?? []);

    /// <summary>Takes up a session where its snapshot was taken; it goes on as it would have, generated ids included.</summary>
    /// <exception cref="ArgumentException">The snapshot is of another environment, or its rows don't give its state hash.</exception>
    public EnvironmentSession Resume(LoadedEnvironment environment, SessionSnapshot snapshot)
    {
        if (snapshot.Environment != environment.Package.Id)
        {
            throw new ArgumentException($"the snapshot is of environment '{snapshot.Environment}', not of '{environment.Package.Id}'", nameof(snapshot));
        }

        var session = Open(environment, new Seed(snapshot.Seed), snapshot.Initial);
        session.Restore(snapshot);
        return session;
    }

    /// <summary>Ends the engine; its sessions can't be called any more.</summary>
    public void Dispose()
    {
        watchdog.Dispose();
        pool.Dispose();
    }

    /// <summary>A number under which isolates know a session; it shows nowhere.</summary>
    internal long NextSession() => Interlocked.Increment(ref sessions);
}
