using System.Diagnostics;
using AgentScaler.Json;
using AgentScaler.Telemetry;

namespace AgentScaler.Models.Spending;

/// <summary>The line of the ledger that one role's model writes.</summary>
/// <param name="ledger">The campaign's ledger.</param>
/// <param name="role">The role.</param>
/// <param name="model">The model's name.</param>
/// <param name="prices">What it costs.</param>
public sealed class SpendLine(SpendLedger ledger, ModelRole role, string model, Prices prices)
{
    private readonly string key = KeyOf(role, model);

    /// <summary>What the ledger calls a role's model, e.g. <c>agent gpt-4.1-mini</c>.</summary>
    public static string KeyOf(ModelRole role, string model) => $"{role.Name()} {model}";

    /// <summary>Adds a reply that was paid for, and returns when that is kept.</summary>
    /// <param name="isCounted">Whether the endpoint counted the tokens; else they are estimated.</param>
    public Task AddAsync(ModelUsage usage, bool isCounted, CancellationToken cancellationToken)
    {
        var usd = prices.Cost(usage);
        PipelineTelemetry.Cost.Add((double)usd, new TagList { { "agentscaler.role", role.Name() }, { "gen_ai.request.model", model } });
        return ledger.AddAsync(
            key,
            new Spend
            {
                Requests = 1,
                InputTokens = usage.InputTokens,
                CachedInputTokens = usage.CachedInputTokens,
                OutputTokens = usage.OutputTokens,
                Uncounted = isCounted ? 0 : 1,
                Usd = usd,
            },
            cancellationToken);
    }

    /// <summary>Counts a reply that was there already.</summary>
    public void CountKept() => ledger.Count(key, new Spend { FromKept = 1 });

    /// <summary>Counts an attempt that is tried again.</summary>
    public void CountRetry(ModelFault fault) => ledger.Count(
        key, new Spend { Retries = new(StringComparer.Ordinal) { [EnumWord.Of(fault)] = 1 } });
}
