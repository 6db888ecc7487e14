namespace AgentScaler.ModelServers.Tallies;

/// <summary>The last minute's requests and tokens, and whether more may come in.</summary>
internal sealed class RateWindow(ServerLimits limits, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ConcurrentPause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Queue<(DateTimeOffset At, int Requests, long Tokens)> entries = new();
    private int requests;
    private long tokens;
    private int peakRequests;
    private long peakTokens;

    /// <summary>The limits, with what is left of them.</summary>
    public (int? Requests, long? Tokens) Left
    {
        get
        {
            lock (gate)
            {
                return (limits.RequestsPerMinute - requests, limits.TokensPerMinute is { } most ? Math.Max(0, most - tokens) : null);
            }
        }
    }

    /// <summary>Lets a request in, or says how long to wait and for what.</summary>
    /// <param name="concurrent">Requests under way, this one included.</param>
    /// <param name="prompt">Its tokens.</param>
    public (TimeSpan Wait, string Limit)? Enter(int concurrent, long prompt)
    {
        lock (gate)
        {
            var now = Prune();
            if (concurrent > limits.Concurrent)
            {
                return (ConcurrentPause, "concurrent requests");
            }

            if (requests >= limits.RequestsPerMinute)
            {
                return (entries.First(e => e.Requests > 0).At + Minute - now, "requests per min");
            }

            if (tokens + prompt > limits.TokensPerMinute)
            {
                return (UntilFree(tokens + prompt - limits.TokensPerMinute.Value) - now, "tokens per min");
            }

            Add(now, 1, prompt);
            return null;
        }
    }

    /// <summary>Counts an answer's tokens.</summary>
    public void AddTokens(long count)
    {
        lock (gate)
        {
            Add(Prune(), 0, count);
        }
    }

    /// <summary>The tally with what the window knows.</summary>
    public ServerTally Read(ServerTally tally)
    {
        lock (gate)
        {
            Prune();
            return tally with
            {
                RequestsInLastMinute = requests,
                TokensInLastMinute = tokens,
                PeakRequestsPerMinute = peakRequests,
                PeakTokensPerMinute = peakTokens,
            };
        }
    }

    private DateTimeOffset Prune()
    {
        var now = clock.GetUtcNow();
        while (entries.TryPeek(out var oldest) && oldest.At + Minute <= now)
        {
            entries.Dequeue();
            requests -= oldest.Requests;
            tokens -= oldest.Tokens;
        }

        return now;
    }

    private void Add(DateTimeOffset now, int moreRequests, long moreTokens)
    {
        entries.Enqueue((now, moreRequests, moreTokens));
        requests += moreRequests;
        tokens += moreTokens;
        peakRequests = Math.Max(peakRequests, requests);
        peakTokens = Math.Max(peakTokens, tokens);
    }

    /// <summary>When so many tokens will have left the window; a minute from now where they never do.</summary>
    private DateTimeOffset UntilFree(long wanted)
    {
        foreach (var entry in entries)
        {
            wanted -= entry.Tokens;
            if (wanted <= 0)
            {
                return entry.At + Minute;
            }
        }

        return clock.GetUtcNow() + Minute;
    }
}
