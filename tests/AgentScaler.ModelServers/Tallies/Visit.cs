using System.Diagnostics;
using AgentScaler.ModelServers.Faults;

namespace AgentScaler.ModelServers.Tallies;

/// <summary>One request between its arrival and the last of its answer.</summary>
internal sealed class Visit(TallyBook book, int concurrent)
{
    private bool left;

    /// <summary>When it came, by <see cref="Stopwatch"/>.</summary>
    public long Arrived { get; } = Stopwatch.GetTimestamp();

    /// <summary>How many were under way when it came, itself included.</summary>
    public int Concurrent { get; } = concurrent;

    /// <summary>The model it names; null until that is known.</summary>
    public string? Model { get; set; }

    /// <summary>What befell it.</summary>
    public TransportFault? Transport { get; set; }

    /// <summary>What befell its answer.</summary>
    public SemanticFault? Semantic { get; set; }

    /// <summary>Tokens of the request, once an answer is made.</summary>
    public long PromptTokens { get; set; }

    /// <summary>Tokens of the answer.</summary>
    public long CompletionTokens { get; set; }

    /// <summary>Counts it out, the first time.</summary>
    public void Leave(Outcome outcome)
    {
        if (!left)
        {
            left = true;
            book.Leave(this, outcome);
        }
    }
}
