using AgentScaler.ModelServers.Faults;

namespace AgentScaler.ModelServers.Tallies;

/// <summary>Counts for any number of requests at once.</summary>
internal sealed class TallyBook
{
    private readonly Lock gate = new();
    private readonly long[] outcomes = new long[Enum.GetValues<Outcome>().Length];
    private readonly SortedDictionary<string, ModelTally> models = new(StringComparer.Ordinal);
    private readonly SortedDictionary<TransportFault, long> transport = [];
    private readonly SortedDictionary<SemanticFault, long> semantic = [];
    private long requests;
    private int concurrent;
    private int peak;

    /// <summary>Counts a request in.</summary>
    public Visit Arrive()
    {
        lock (gate)
        {
            requests++;
            peak = Math.Max(peak, ++concurrent);
            return new Visit(this, concurrent);
        }
    }

    /// <summary>Counts a request out.</summary>
    public void Leave(Visit visit, Outcome outcome)
    {
        lock (gate)
        {
            concurrent--;
            outcomes[(int)outcome]++;
            Count(transport, visit.Transport);
            Count(semantic, outcome is Outcome.Completed ? visit.Semantic : null);
            if (visit.Model is null)
            {
                return;
            }

            var before = models.GetValueOrDefault(visit.Model) ?? new ModelTally();
            var whole = outcome is Outcome.Completed;
            models[visit.Model] = before with
            {
                Requests = before.Requests + 1,
                Completed = before.Completed + (whole ? 1 : 0),
                PromptTokens = before.PromptTokens + (whole ? visit.PromptTokens : 0),
                CompletionTokens = before.CompletionTokens + (whole ? visit.CompletionTokens : 0),
                LostTokens = before.LostTokens + (whole ? 0 : visit.PromptTokens + visit.CompletionTokens),
            };
        }
    }

    /// <summary>The counts so far.</summary>
    public ServerTally Read(RateWindow window)
    {
        lock (gate)
        {
            return window.Read(new ServerTally
            {
                Requests = requests,
                Completed = outcomes[(int)Outcome.Completed],
                Rejected = outcomes[(int)Outcome.Rejected],
                Limited = outcomes[(int)Outcome.Limited],
                Failed = outcomes[(int)Outcome.Failed],
                Abandoned = outcomes[(int)Outcome.Abandoned],
                Faulted = outcomes[(int)Outcome.Faulted],
                PeakConcurrent = peak,
                Models = new SortedDictionary<string, ModelTally>(models, StringComparer.Ordinal),
                Transport = new SortedDictionary<TransportFault, long>(transport),
                Semantic = new SortedDictionary<SemanticFault, long>(semantic),
            });
        }
    }

    private static void Count<T>(SortedDictionary<T, long> counts, T? kind)
        where T : struct
    {
        if (kind is { } happened)
        {
            counts[happened] = counts.GetValueOrDefault(happened) + 1;
        }
    }
}
