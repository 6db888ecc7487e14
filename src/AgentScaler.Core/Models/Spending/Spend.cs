using System.Text.Json.Serialization;

namespace AgentScaler.Models.Spending;

/// <summary>What one role's model has cost.</summary>
public sealed record Spend
{
    /// <summary>Requests that were answered, or whose answer was lost, late, broken or no longer waited for: those are paid for too.</summary>
    public long Requests { get; init; }

    /// <summary>Requests that were answered from kept replies, at no cost.</summary>
    public long FromKept { get; init; }

    /// <summary>Attempts that were tried again, by <see cref="ModelFault"/>: <c>throttled</c>, <c>unavailable</c>, <c>broken-answer</c>.</summary>
    public SortedDictionary<string, long> Retries { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Tokens of all requests.</summary>
    public long InputTokens { get; init; }

    /// <summary>Those among them that the endpoint had in its cache.</summary>
    public long CachedInputTokens { get; init; }

    /// <summary>Tokens of all replies.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Requests whose tokens nobody counted (lost answers, endpoints that do not count); they are estimated at four bytes each.</summary>
    public long Uncounted { get; init; }

    /// <summary>USD.</summary>
    public decimal Usd { get; init; }

    /// <summary>Input and output.</summary>
    [JsonIgnore]
    public long Tokens => InputTokens + OutputTokens;

    /// <summary>The sum of two.</summary>
    public static Spend operator +(Spend left, Spend right)
    {
        var retries = new SortedDictionary<string, long>(left.Retries, StringComparer.Ordinal);
        foreach (var (fault, count) in right.Retries)
        {
            retries[fault] = retries.GetValueOrDefault(fault) + count;
        }

        return new Spend
        {
            Requests = left.Requests + right.Requests,
            FromKept = left.FromKept + right.FromKept,
            Retries = retries,
            InputTokens = left.InputTokens + right.InputTokens,
            CachedInputTokens = left.CachedInputTokens + right.CachedInputTokens,
            OutputTokens = left.OutputTokens + right.OutputTokens,
            Uncounted = left.Uncounted + right.Uncounted,
            Usd = left.Usd + right.Usd,
        };
    }
}
