using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AgentScaler.Azure.Tests;

/// <summary>Counts the requests that are sent, by service and method: what the account is billed for.</summary>
internal sealed class OperationCounter : HttpPipelineSynchronousPolicy
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>All requests.</summary>
    public int Total => counts.Values.Sum();

    public override void OnSendingRequest(HttpMessage message)
    {
        var service = message.Request.Headers.TryGetValue("DataServiceVersion", out _) ? "table" : "blob";
        counts.AddOrUpdate($"{service} {message.Request.Method}", 1, (_, count) => count + 1);
    }

    public override string ToString() => string.Join(", ", counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
}
