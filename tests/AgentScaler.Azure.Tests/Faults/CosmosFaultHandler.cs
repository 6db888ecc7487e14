using System.Net;
using AgentScaler.Determinism;

namespace AgentScaler.Azure.Tests.Faults;

/// <summary>
/// A bad network and a busy Cosmos server: a share of the requests about items is throttled, refused or cut off, before the server has seen them or after it
/// has done what they say, so that only the answer is lost.
/// </summary>
/// <param name="share">The share of requests that fail, 0-1.</param>
internal sealed class CosmosFaultHandler(Seed seed, double share) : DelegatingHandler
{
    private static readonly Fault[] Kinds = Enum.GetValues<Fault>();

    private readonly Lock gate = new();
    private readonly SeededRandom random = seed.Random();
    private int injected;

    private enum Fault
    {
        Throttled,
        Busy,
        CutOffBefore,
        BusyAfter,
        CutOffAfter,
    }

    /// <summary>How many requests failed.</summary>
    public int Injected => injected;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Draw(request) is not { } fault)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (fault is Fault.BusyAfter or Fault.CutOffAfter)
        {
            using var lost = await base.SendAsync(request, cancellationToken);
        }

        return fault switch
        {
            Fault.CutOffBefore or Fault.CutOffAfter => throw new HttpRequestException("injected: connection reset"),
            Fault.Throttled => Answer(request, HttpStatusCode.TooManyRequests),
            _ => Answer(request, HttpStatusCode.ServiceUnavailable),
        };
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status)
    {
        var answer = new HttpResponseMessage(status) { RequestMessage = request, Content = new StringContent("""{"code":"Injected","message":"injected"}""") };
        answer.Headers.Add("x-ms-retry-after-ms", "5");
        return answer;
    }

    private Fault? Draw(HttpRequestMessage request)
    {
        lock (gate)
        {
            if (!request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal) || !random.Chance(share))
            {
                return null;
            }

            // By turns: every kind is to be met.
            return Kinds[injected++ % Kinds.Length];
        }
    }
}
