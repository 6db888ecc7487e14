using AgentScaler.Determinism;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AgentScaler.Azure.Tests.Faults;

/// <summary>
/// A bad network and a busy service: a share of the requests is throttled, refused, timed out or cut off, before the service has seen them or
/// after it has done what they say, so that only the answer is lost. Draws come from a seed, in the order of the requests.
/// </summary>
/// <param name="share">The share of requests that fail, 0-1.</param>
internal sealed class FaultPolicy(Seed seed, double share) : HttpPipelinePolicy
{
    private static readonly Fault[] Kinds = Enum.GetValues<Fault>();

    private readonly Lock gate = new();
    private readonly SeededRandom random = seed.Random();
    private readonly SortedDictionary<Fault, int> injected = [];
    private readonly List<Fault> turns = [.. Kinds];

    private enum Fault
    {
        Throttled,
        Busy,
        TimedOutBefore,
        CutOffBefore,
        TimedOutAfter,
        CutOffAfter,
        BusyAfter,
        PreconditionFailed,
    }

    /// <summary>How many requests failed.</summary>
    public int Injected
    {
        get
        {
            lock (gate)
            {
                return injected.Values.Sum();
            }
        }
    }

    /// <summary>How many different ways of failing were used.</summary>
    public int KindsInjected
    {
        get
        {
            lock (gate)
            {
                return injected.Count;
            }
        }
    }

    /// <summary>All ways of failing.</summary>
    public static int AllKinds => Kinds.Length;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Draw(message) is not { } fault)
        {
            ProcessNext(message, pipeline);
            return;
        }

        if (IsAfter(fault))
        {
            ProcessNext(message, pipeline);
        }

        Fail(message, fault);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Draw(message) is not { } fault)
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        if (IsAfter(fault))
        {
            await ProcessNextAsync(message, pipeline);
        }

        Fail(message, fault);
    }

    private static bool IsAfter(Fault fault) => fault is Fault.TimedOutAfter or Fault.CutOffAfter or Fault.BusyAfter;

    /// <summary>A condition can only fail where there is one: a header, or a transaction, whose parts have theirs.</summary>
    private static bool IsConditional(Request request) =>
        request.Headers.Contains("If-Match") || request.Headers.Contains("If-None-Match") || request.Uri.Path.EndsWith("/$batch", StringComparison.Ordinal);

    private static void Fail(HttpMessage message, Fault fault)
    {
        if (message.HasResponse)
        {
            // Else its connection would be held.
            message.Response.Dispose();
        }

        switch (fault)
        {
            case Fault.TimedOutBefore or Fault.TimedOutAfter:
                throw new TaskCanceledException("injected: no answer in time");
            case Fault.CutOffBefore or Fault.CutOffAfter:
                throw new IOException("injected: connection reset");
            case Fault.Throttled:
                message.Response = new FaultResponse(message.Request, 429, "TooManyRequests");
                break;
            case Fault.PreconditionFailed:
                message.Response = new FaultResponse(message.Request, 412, "ConditionNotMet");
                break;
            default:
                message.Response = new FaultResponse(message.Request, 503, "ServerBusy");
                break;
        }
    }

    private Fault? Draw(HttpMessage message)
    {
        lock (gate)
        {
            if (!random.Chance(share))
            {
                return null;
            }

            // By turns: in which order requests come is up to the threads, and every kind is to be met all the same.
            var fault = turns.First(kind => kind != Fault.PreconditionFailed || IsConditional(message.Request));
            turns.Remove(fault);
            turns.Add(fault);
            injected[fault] = injected.GetValueOrDefault(fault) + 1;
            return fault;
        }
    }
}
