using Azure.Core;
using Azure.Core.Pipeline;

namespace AgentScaler.Azure;

/// <summary>Counts how often a request is sent, for whoever opened a scope around it: after a second time, a refusal may be the echo of the first.</summary>
internal sealed class AttemptPolicy : HttpPipelineSynchronousPolicy
{
    private const string Property = "AgentScaler.Attempts";

    /// <summary>Counts the attempts of the requests made until it is disposed of.</summary>
    public static IDisposable Count(Attempts attempts) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?>(StringComparer.Ordinal) { [Property] = attempts });

    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.TryGetProperty(Property, out var counted) && counted is Attempts attempts)
        {
            attempts.Count++;
        }
    }

    /// <summary>How often a request was sent.</summary>
    internal sealed class Attempts
    {
        public int Count { get; set; }
    }
}
