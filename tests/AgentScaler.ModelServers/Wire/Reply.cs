using System.Globalization;
using AgentScaler.ModelServers.Faults;
using AgentScaler.ModelServers.Tallies;
using Microsoft.AspNetCore.Http;

namespace AgentScaler.ModelServers.Wire;

/// <summary>Sends what answers one request, counted out before its last bytes.</summary>
internal sealed class Reply(HttpContext context, Visit visit, ChatServerOptions options)
{
    private const string Html = "text/html; charset=utf-8";
    private const string Page = "<!DOCTYPE html>\n<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center><hr></body></html>\n";

    /// <summary>The key that came; null for none.</summary>
    public string? Key { get; } = context.Request.Headers.Authorization.ToString() is { } bearer && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        ? bearer["Bearer ".Length..]
        : context.Request.Headers["api-key"].FirstOrDefault();

    /// <summary>Sends an error.</summary>
    public Task SendErrorAsync(Outcome outcome, int status, string message, string type, string? code = null, string? param = null)
    {
        var quoted = options.QuotesKey && Key is not null ? $"{message} (key: {Key})" : message;
        return SendAsync(outcome, JsonBytes.Error(quoted, type, code, param), MadeAnswer.Json, status);
    }

    /// <summary>Sends 429 with the time to wait, as seconds and as milliseconds.</summary>
    public Task SendLimitedAsync(TimeSpan wait, string limit)
    {
        SetRetrySeconds(wait);
        SetRetryMilliseconds(wait);
        return SendErrorAsync(Outcome.Limited, 429, $"Rate limit reached for {visit.Model} on {limit}. Please try again in {(long)wait.TotalMilliseconds}ms.", "requests", "rate_limit_exceeded");
    }

    /// <summary>Asks to wait, in whole seconds.</summary>
    public void SetRetrySeconds(TimeSpan wait) => context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Asks to wait, until a date.</summary>
    public void SetRetryDate(TimeSpan wait) => context.Response.Headers.RetryAfter =
        (options.Clock.GetUtcNow() + wait + TimeSpan.FromMilliseconds(999)).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Asks to wait, in milliseconds.</summary>
    public void SetRetryMilliseconds(TimeSpan wait) =>
        context.Response.Headers["retry-after-ms"] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Sends a page as a proxy would.</summary>
    public Task SendPageAsync(Outcome outcome, int status, string title) => SendAsync(outcome, Utf8(Page.Replace("{0}", title, StringComparison.Ordinal)), Html, status);

    /// <summary>Sends a text as it is.</summary>
    public Task SendTextAsync(Outcome outcome, string text, string mediaType) => SendAsync(outcome, Utf8(text), mediaType, 200);

    /// <summary>Ends the connection.</summary>
    public void Abort(Outcome outcome)
    {
        visit.Leave(outcome);
        context.Abort();
    }

    /// <summary>Says nothing until the client gives up or the time is over, then ends the connection.</summary>
    public async Task HangAsync(TimeSpan longest, CancellationToken cancellation)
    {
        visit.Leave(Outcome.Faulted);
        await Task.Delay(longest, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    /// <summary>Sends an answer, or what a fault leaves of it.</summary>
    /// <exception cref="BrokenOffException">It broke off as planned.</exception>
    public async Task SendAnswerAsync(MadeAnswer answer, TransportFault? fault)
    {
        var pieces = answer.Pieces;
        switch (fault)
        {
            case TransportFault.DisconnectInBody:
                Begin(answer.Status, answer.MediaType, answer.IsStream ? null : Length(pieces));
                visit.Leave(Outcome.Faulted);
                await WriteAsync(FirstHalf(pieces));
                throw new BrokenOffException();
            case TransportFault.TruncatedJson:
                await SendAsync(Outcome.Faulted, FirstHalf(pieces), answer.MediaType, answer.Status);
                return;
            case TransportFault.SlowDrip:
                pieces = [.. Join(pieces).ToArray().Chunk(options.Faults.DripBytes).Select(c => (ReadOnlyMemory<byte>)c)];
                break;
        }

        var mediaType = fault is TransportFault.WrongContentType ? "text/plain" : answer.MediaType;
        Begin(answer.Status, mediaType, answer.IsStream ? null : Length(pieces));
        for (var i = 0; i < pieces.Count; i++)
        {
            if (i > 0 && fault is TransportFault.SlowDrip)
            {
                await Task.Delay(options.Faults.DripPause, context.RequestAborted);
            }

            context.RequestAborted.ThrowIfCancellationRequested();
            if (i == pieces.Count - 1)
            {
                visit.Leave(Outcome.Completed);
            }

            await WriteAsync(pieces[i]);
        }
    }

    /// <summary>Sends a body whole.</summary>
    public async Task SendAsync(Outcome outcome, ReadOnlyMemory<byte> body, string mediaType, int status)
    {
        Begin(status, mediaType, body.Length);
        visit.Leave(outcome);
        await WriteAsync(body);
    }

    private void Begin(int status, string mediaType, long? length)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = length;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await context.Response.BodyWriter.WriteAsync(bytes, CancellationToken.None);

    private static ReadOnlyMemory<byte> FirstHalf(IReadOnlyList<ReadOnlyMemory<byte>> pieces) => Join(pieces)[..(int)(Length(pieces) / 2)];

    private static ReadOnlyMemory<byte> Join(IReadOnlyList<ReadOnlyMemory<byte>> pieces) => pieces.Count == 1 ? pieces[0] : pieces.SelectMany(p => p.ToArray()).ToArray();

    private static long Length(IReadOnlyList<ReadOnlyMemory<byte>> pieces) => pieces.Sum(p => (long)p.Length);

    private static ReadOnlyMemory<byte> Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
