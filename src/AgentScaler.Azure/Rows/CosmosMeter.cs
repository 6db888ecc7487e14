using System.Diagnostics;
using AgentScaler.Telemetry;
using Microsoft.Azure.Cosmos;

namespace AgentScaler.Azure.Rows;

/// <summary>Counts the requests to a Cosmos account.</summary>
internal sealed class CosmosMeter(string host) : RequestHandler
{
    /// <inheritdoc/>
    public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        PipelineTelemetry.StorageOperations.Add(1, new TagList
        {
            { "server.address", host },
            { "http.request.method", request.Method.Method },
            { "http.response.status_code", (int)response.StatusCode },
        });
        return response;
    }
}
