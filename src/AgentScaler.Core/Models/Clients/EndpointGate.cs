namespace AgentScaler.Models.Clients;

/// <summary>
/// Lets calls to one model of one endpoint through, first come, first served: no more at once than it bears, and no more requests and tokens within any 60 seconds than it allows. What it
/// bears is found out: half of it when it refuses or fails, one more after as many good answers as are let through at once (additive increase, multiplicative decrease). Shared by
/// all campaigns of a process.
/// </summary>
/// <param name="concurrency">Most calls at once, from 1.</param>
/// <param name="requestsPerMinute">Most requests within 60 s; null for no limit.</param>
/// <param name="tokensPerMinute">Most tokens within 60 s; null for no limit.</param>
internal sealed class EndpointGate(int concurrency, int? requestsPerMinute, int? tokensPerMinute, TimeProvider clock) : IDisposable
{
    private int concurrency = concurrency;
    private int? requestsPerMinute = requestsPerMinute;
    private int? tokensPerMinute = tokensPerMinute;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly LinkedList<Waiter> waiting = [];
    private readonly Queue<Entry> recent = new();
    private double limit = concurrency;
    private int underWay;
    private long tokensInWindow;
    private long epoch;
    private DateTimeOffset pausedUntil;
    private ITimer? timer;

    /// <summary>Calls that are let through at once at present.</summary>
    public int Limit
    {
        get
        {
            lock (gate)
            {
                return (int)limit;
            }
        }
    }

    /// <summary>Lowers the limits to those given, where those are lower.</summary>
    public void Tighten(int most, int? requests, int? tokens)
    {
        lock (gate)
        {
            concurrency = Math.Min(concurrency, most);
            limit = Math.Min(limit, concurrency);
            requestsPerMinute = Least(requestsPerMinute, requests);
            tokensPerMinute = Least(tokensPerMinute, tokens);
        }

        static int? Least(int? one, int? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;
    }

    /// <summary>Makes a call when it may go.</summary>
    /// <param name="estimate">About how many tokens it will take.</param>
    /// <param name="tokensOf">The tokens that it took; null if nobody knows.</param>
    /// <exception cref="ModelException">As the call throws it.</exception>
    public async Task<T> PassAsync<T>(int estimate, Func<Task<T>> call, Func<T, long?> tokensOf, CancellationToken cancellationToken)
    {
        var pass = await EnterAsync(estimate, cancellationToken);
        var outcome = PassOutcome.Neither;
        long? tokens = null;
        TimeSpan? retryAfter = null;
        try
        {
            var result = await call();
            (outcome, tokens) = (PassOutcome.Good, tokensOf(result));
            return result;
        }
        catch (ModelException e)
        {
            outcome = e.Fault is ModelFault.Throttled or ModelFault.Unavailable ? PassOutcome.Overload : PassOutcome.Neither;
            retryAfter = e.RetryAfter;
            throw;
        }
        finally
        {
            Leave(pass, outcome, tokens, retryAfter);
        }
    }

    /// <summary>Waits until a call may go.</summary>
    /// <param name="tokens">About how many tokens it will take; more than a minute allows go when nothing else did for a minute.</param>
    public async Task<Pass> EnterAsync(int tokens, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(Math.Min(tokens, tokensPerMinute ?? int.MaxValue));
        LinkedListNode<Waiter> node;
        lock (gate)
        {
            node = waiting.AddLast(waiter);
            Pump();
        }

        await using var registration = cancellationToken.Register(() =>
        {
            lock (gate)
            {
                // One that was let through has left the line already.
                if (node.List is not null)
                {
                    waiting.Remove(node);
                    waiter.Admitted.TrySetCanceled(cancellationToken);
                    Pump();
                }
            }
        });
        return await waiter.Admitted.Task;
    }

    /// <summary>Ends a call.</summary>
    /// <param name="tokens">The tokens it really took; null if nobody knows.</param>
    public void Leave(Pass pass, PassOutcome outcome, long? tokens, TimeSpan? retryAfter)
    {
        lock (gate)
        {
            underWay--;
            if (tokens is { } real && pass.Entry is { } entry)
            {
                tokensInWindow += entry.IsGone ? 0 : real - entry.Tokens;
                entry.Tokens = real;
            }

            if (outcome == PassOutcome.Good)
            {
                limit = Math.Min(concurrency, limit + (1 / limit));
            }
            else if (outcome == PassOutcome.Overload && pass.Epoch == epoch)
            {
                // Calls that were under way when the limit was halved say nothing of the new one.
                limit = Math.Max(1, limit / 2);
                epoch++;
            }

            if (retryAfter is { } wait && outcome == PassOutcome.Overload && clock.GetUtcNow() + wait is var until && until > pausedUntil)
            {
                pausedUntil = until;
            }

            Pump();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();

    /// <summary>Lets through whoever may go; called with the lock held.</summary>
    private void Pump()
    {
        var now = clock.GetUtcNow();
        while (recent.TryPeek(out var oldest) && now - oldest.At >= Window)
        {
            recent.Dequeue();
            oldest.IsGone = true;
            tokensInWindow -= oldest.Tokens;
        }

        while (waiting.First is { } first && underWay < (int)limit)
        {
            if (NextTime(first.Value.Tokens) is { } next && next > now)
            {
                Wake(next - now);
                return;
            }

            waiting.RemoveFirst();
            underWay++;
            Entry? entry = null;
            if (requestsPerMinute is not null || tokensPerMinute is not null)
            {
                recent.Enqueue(entry = new Entry(now) { Tokens = first.Value.Tokens });
                tokensInWindow += entry.Tokens;
            }

            first.Value.Admitted.TrySetResult(new Pass(epoch, entry));
        }
    }

    /// <summary>When the next call may go, if that is not known to be now.</summary>
    private DateTimeOffset? NextTime(int tokens)
    {
        DateTimeOffset? next = pausedUntil > DateTimeOffset.MinValue ? pausedUntil : null;
        var requests = recent.Count;
        var inWindow = tokensInWindow;
        foreach (var entry in recent)
        {
            if (requests < (requestsPerMinute ?? int.MaxValue) && inWindow + tokens <= (tokensPerMinute ?? long.MaxValue))
            {
                break;
            }

            requests--;
            inWindow -= entry.Tokens;
            next = next > entry.At + Window ? next : entry.At + Window;
        }

        return next;
    }

    private void Wake(TimeSpan wait)
    {
        // Timers have a resolution: one that fires a moment early would find nobody to let through.
        wait += TimeSpan.FromMilliseconds(1);
        if (timer is null)
        {
            timer = clock.CreateTimer(_ => OnTimer(), null, wait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        lock (gate)
        {
            Pump();
        }
    }

    /// <summary>A call that was let through.</summary>
    /// <param name="Epoch">How often the limit had been halved by then.</param>
    internal sealed record Pass(long Epoch, Entry? Entry);

    /// <summary>A call of the last 60 seconds.</summary>
    internal sealed class Entry(DateTimeOffset at)
    {
        public DateTimeOffset At => at;

        public long Tokens { get; set; }

        public bool IsGone { get; set; }
    }

    private sealed class Waiter(int tokens)
    {
        public int Tokens => tokens;

        public TaskCompletionSource<Pass> Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
