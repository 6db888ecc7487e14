using Azure.Core;
using Azure.Core.Pipeline;

namespace AgentScaler.Azure.Tests.Faults;

/// <summary>Things that befall chosen requests: the next that is meant is done and its answer lost, or is refused though its condition holds, or fails for good.</summary>
internal sealed class MishapPolicy : HttpPipelinePolicy
{
    private Mishap? next;

    /// <summary>Requests that something befell.</summary>
    public int Befallen { get; private set; }

    /// <summary>The service does what the next such request says, then the connection breaks.</summary>
    /// <param name="meanwhile">What others do before the request is sent again.</param>
    public void LoseAnswer(RequestMethod method, string path, Func<Task>? meanwhile = null) => next = new Mishap(method, path, IsDone: true, meanwhile, Status: 0);

    /// <summary>The next such request gets an answer although the service has not seen it.</summary>
    public void Answer(RequestMethod method, string path, int status) => next = new Mishap(method, path, IsDone: false, null, status);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("the stores are asynchronous");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var request = message.Request;
        if (next is not { } mishap || mishap.Method != request.Method || !request.Uri.ToString().Contains(mishap.Path, StringComparison.Ordinal))
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        next = null;
        Befallen++;
        if (!mishap.IsDone)
        {
            message.Response = new FaultResponse(request, mishap.Status, "Injected");
            return;
        }

        await ProcessNextAsync(message, pipeline);
        message.Response.Dispose();
        await (mishap.Meanwhile?.Invoke() ?? Task.CompletedTask);
        throw new IOException("injected: connection reset");
    }

    private sealed record Mishap(RequestMethod Method, string Path, bool IsDone, Func<Task>? Meanwhile, int Status);
}
