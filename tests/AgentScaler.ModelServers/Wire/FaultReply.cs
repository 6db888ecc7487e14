using AgentScaler.ModelServers.Faults;
using AgentScaler.ModelServers.Tallies;

namespace AgentScaler.ModelServers.Wire;

/// <summary>Sends the faults that need no answer.</summary>
internal static class FaultReply
{
    /// <summary>Sends one.</summary>
    /// <returns>False where the fault is one of the answer's sending.</returns>
    public static async Task<bool> TrySendAsync(TransportFault fault, Reply reply, FaultPlan plan, CancellationToken cancellation)
    {
        switch (fault)
        {
            case TransportFault.TooManyRequestsSeconds:
                reply.SetRetrySeconds(plan.RetryAfter);
                await TooManyAsync(reply);
                return true;
            case TransportFault.TooManyRequestsDate:
                reply.SetRetryDate(plan.RetryAfter);
                await TooManyAsync(reply);
                return true;
            case TransportFault.TooManyRequestsMilliseconds:
                reply.SetRetryMilliseconds(plan.RetryAfter);
                await TooManyAsync(reply);
                return true;
            case TransportFault.InternalError:
                await reply.SendErrorAsync(Outcome.Faulted, 500, "The server had an error while processing your request. Sorry about that!", "server_error");
                return true;
            case TransportFault.BadGateway:
                await reply.SendPageAsync(Outcome.Faulted, 502, "502 Bad Gateway");
                return true;
            case TransportFault.Unavailable:
                reply.SetRetrySeconds(plan.RetryAfter);
                await reply.SendErrorAsync(Outcome.Faulted, 503, "The engine is currently overloaded, please try again later.", "server_error");
                return true;
            case TransportFault.DisconnectBeforeHeaders:
                reply.Abort(Outcome.Faulted);
                return true;
            case TransportFault.Hang:
                await reply.HangAsync(plan.LongestHang, cancellation);
                return true;
            case TransportFault.NotJson:
                await reply.SendTextAsync(Outcome.Faulted, "upstream connect error or disconnect/reset before headers", MadeAnswer.Json);
                return true;
            case TransportFault.Html:
                await reply.SendPageAsync(Outcome.Faulted, 200, "Please sign in to this network");
                return true;
            case TransportFault.EmptyBody:
                await reply.SendTextAsync(Outcome.Faulted, "", MadeAnswer.Json);
                return true;
            default:
                return false;
        }
    }

    private static Task TooManyAsync(Reply reply) =>
        reply.SendErrorAsync(Outcome.Faulted, 429, "Rate limit reached. Please try again later.", "requests", "rate_limit_exceeded");
}
