using Azure.Core;
using Azure.Core.Pipeline;

namespace AgentScaler.Azure.Tests.Faults;

/// <summary>Ends a process, as far as its stores can tell: at a request, before or after the service has done it, and at every request from then on.</summary>
internal sealed class KillPolicy : HttpPipelinePolicy
{
    private readonly Lock gate = new();
    private Func<Request, bool> meant = _ => false;
    private bool isAfter;
    private volatile bool isDead;

    /// <summary>Requests so far.</summary>
    public int Requests { get; private set; }

    /// <summary>Kills at the next such request, before the service sees it; what was killed before lives again.</summary>
    public void KillAt(RequestMethod method, string path) => Arm(request => request.Method == method && request.Uri.ToString().Contains(path, StringComparison.Ordinal), false);

    /// <summary>Kills at a request counted from now, from 0.</summary>
    /// <param name="isDone">Whether the service does it.</param>
    public void KillAfter(int requests, bool isDone)
    {
        var last = Requests + requests;
        Arm(_ => Requests > last, isDone);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("the stores are asynchronous");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        bool isHit;
        lock (gate)
        {
            Requests++;
            isHit = !isDead && meant(message.Request);
            if (isDead || (isHit && !isAfter))
            {
                isDead = true;
                throw new KilledException();
            }

            isDead = isHit;
        }

        await ProcessNextAsync(message, pipeline);
        if (isDead)
        {
            message.Response.Dispose();
            throw new KilledException();
        }
    }

    private void Arm(Func<Request, bool> request, bool isDone) => (meant, isAfter, isDead) = (request, isDone, false);
}
