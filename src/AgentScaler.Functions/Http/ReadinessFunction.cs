using AgentScaler.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions;

/// <summary><c>GET /api/ready</c>: whether what a campaign needs can be reached, with the time limit of a probe.</summary>
public sealed class ReadinessFunction(IArtifactStore artifacts, ModelReach models)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Answers 200, or 503, with one word on each: <c>artifacts</c>, <c>durable</c>, and <c>models NAME</c> for each endpoint of models.</summary>
    [Function("ready")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "ready")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var checks = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["artifacts"] = await CheckAsync(token => artifacts.ExistsAsync("ready", token), cancellationToken),
            ["durable"] = await CheckAsync(token => client.GetInstanceAsync(CampaignId.Prefix, getInputsAndOutputs: false, token), cancellationToken),
        };
        foreach (var name in models.Names)
        {
            checks[$"models {name}"] = await CheckAsync(token => models.CheckAsync(name, token), cancellationToken);
        }

        var ready = checks.Values.All(word => word == "ok");
        return Answers.Document(
            new { status = ready ? "ready" : "not ready", checks }, ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string> CheckAsync(Func<CancellationToken, Task> probe, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await probe(patience.Token);
            return "ok";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Patience.TotalSeconds:0} s";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A probe reports whatever is wrong; nothing is lost by not throwing.
            return e.Message;
        }
    }
}
