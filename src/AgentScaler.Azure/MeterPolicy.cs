using System.Diagnostics;
using AgentScaler.Telemetry;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AgentScaler.Azure;

/// <summary>Counts the requests to a storage account, each attempt for itself.</summary>
internal sealed class MeterPolicy : HttpPipelineSynchronousPolicy
{
    /// <inheritdoc/>
    public override void OnReceivedResponse(HttpMessage message) => PipelineTelemetry.StorageOperations.Add(1, new TagList
    {
        { "server.address", message.Request.Uri.Host },
        { "http.request.method", message.Request.Method.Method },
        { "http.response.status_code", message.Response.Status },
    });
}
