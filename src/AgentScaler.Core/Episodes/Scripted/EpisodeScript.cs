using AgentScaler.Tasks.Wording;

namespace AgentScaler.Episodes.Scripted;

/// <summary>What both parties of a scripted episode mean to do.</summary>
/// <param name="Requests">In the order the user speaks.</param>
internal sealed record EpisodeScript(IReadOnlyList<ScriptedRequest> Requests)
{
    /// <summary>The manner in which the parties talk; null for plain English.</summary>
    public RequestManner? Manner { get; init; }

    /// <summary>Share of the agent's messages with reasoning, 0-1.</summary>
    public double ReasoningShare { get; init; }

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

    /// <summary>Whether two neighbouring requests can be said in one breath: not what must not simply be served.</summary>
    public bool CanJoin(int request) => Requests[request].Abstention is null && Requests[request + 1].Abstention is null;

    /// <summary>The script in which the user says two neighbouring requests in one breath.</summary>
    public EpisodeScript Join(int request)
    {
        var (first, second) = (Requests[request], Requests[request + 1]);
        var joined = new ScriptedRequest(first.Text + (Manner is { IsChinese: true } ? "" : " ") + second.Text, [.. first.Calls, .. second.Calls], [.. first.Facts, .. second.Facts]) { Detour = first.Detour };
        return this with { Requests = [.. Requests.Take(request), joined, .. Requests.Skip(request + 2)] };
    }

    /// <summary>All calls with their places.</summary>
    public IEnumerable<(int Request, int Call, ScriptedCall Scripted)> Places() =>
        Requests.SelectMany((request, r) => request.Calls.Select((call, c) => (r, c, call)));
}
