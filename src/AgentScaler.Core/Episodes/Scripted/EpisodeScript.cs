namespace AgentScaler.Episodes.Scripted;

/// <summary>What both parties of a scripted episode mean to do.</summary>
/// <param name="Requests">In the order the user speaks.</param>
internal sealed record EpisodeScript(IReadOnlyList<ScriptedRequest> Requests)
{
    /// <summary>How many requests the user says before it stops, a mistake; null for all of them.</summary>
    public int? Spoken { get; init; }

    /// <summary>Whether the user stops when first asked for consent: a mistake.</summary>
    public bool StopsAtQuestion { get; init; }

    /// <summary>The mistake of stopping early, or null.</summary>
    public InjectedFault? EarlyStop { get; init; }

    /// <summary>Whether the user says thanks before it stops.</summary>
    public bool Thanks { get; init; }

    /// <summary>The script with one call replaced by others (none, one or more).</summary>
    public EpisodeScript Replace(int request, int call, params IReadOnlyList<ScriptedCall> calls)
    {
        var old = Requests[request];
        return Replace(request, old with { Calls = [.. old.Calls.Take(call), .. calls, .. old.Calls.Skip(call + 1)] });
    }

    /// <summary>The script with one request replaced.</summary>
    public EpisodeScript Replace(int request, ScriptedRequest replacement) =>
        this with { Requests = [.. Requests.Take(request), replacement, .. Requests.Skip(request + 1)] };

    /// <summary>The script in which the user says two neighbouring requests in one breath.</summary>
    public EpisodeScript Join(int request)
    {
        var (first, second) = (Requests[request], Requests[request + 1]);
        var joined = new ScriptedRequest(first.Text + " " + second.Text, [.. first.Calls, .. second.Calls], [.. first.Facts, .. second.Facts]);
        return this with { Requests = [.. Requests.Take(request), joined, .. Requests.Skip(request + 2)] };
    }

    /// <summary>All calls with their places.</summary>
    public IEnumerable<(int Request, int Call, ScriptedCall Scripted)> Places() =>
        Requests.SelectMany((request, r) => request.Calls.Select((call, c) => (r, c, call)));
}
