using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AgentScaler.Models.Clients;

/// <summary>
/// The one place where a model's endpoint is spoken to: gives up after a time, reads each answer whole, and makes of everything that is no answer a
/// <see cref="ModelException"/> that says what came instead.
/// </summary>
/// <param name="name">What errors call the endpoint: role, model, address.</param>
internal sealed class EndpointHandler(string name, TimeSpan timeout, SecretMask secrets, TimeProvider clock, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int LargestAnswer = 64 << 20;
    private const int LongestExcerpt = 300;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, either.Token);
            var body = await ReadAsync(response, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw Refusal(response, body);
            }

            var checkedBody = request.RequestUri!.AbsolutePath.EndsWith("/chat/completions", StringComparison.Ordinal) ? ChatAnswer.Check(body) : ChatAnswer.CheckObject(body);
            response.Content = new ByteArrayContent(checkedBody) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            return response;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            response?.Dispose();
            throw Fault(ModelFault.Unavailable, $"no whole answer within {timeout.TotalSeconds:0.#} s", mayBeBilled: true);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            response?.Dispose();
            throw Fault(ModelFault.Unavailable, Innermost(e).Message, mayBeBilled: response?.IsSuccessStatusCode == true);
        }
        catch (BrokenAnswerException e)
        {
            response?.Dispose();
            throw Fault(ModelFault.BrokenAnswer, e.Message, mayBeBilled: true);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > LargestAnswer)
        {
            throw new BrokenAnswerException($"an answer of {response.Content.Headers.ContentLength} bytes; at most {LargestAnswer} are read");
        }

        await response.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private ModelException Refusal(HttpResponseMessage response, byte[] body)
    {
        using (response)
        {
            var fault = response.StatusCode switch
            {
                HttpStatusCode.TooManyRequests => ModelFault.Throttled,
                HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or (HttpStatusCode)425 => ModelFault.Unavailable,
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.PaymentRequired => ModelFault.Misconfigured,
                >= HttpStatusCode.InternalServerError => ModelFault.Unavailable,
                _ => ModelFault.Rejected,
            };
            var excerpt = Excerpt(body);
            if (fault == ModelFault.Throttled && Encoding.UTF8.GetString(body).Contains("insufficient_quota", StringComparison.Ordinal))
            {
                // No load that passes: somebody must pay first.
                fault = ModelFault.Misconfigured;
            }

            return new ModelException(fault, Say($"HTTP {(int)response.StatusCode}: {excerpt}"), RetryAfter(response.Headers));
        }
    }

    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues("retry-after-ms", out var values)
            && double.TryParse(values.FirstOrDefault(), System.Globalization.CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is >= 0 and <= 86_400_000)
        {
            return AtMost(TimeSpan.FromMilliseconds(milliseconds));
        }

        var wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? AtMost(wait.Value) : null;

        // Who asks for a day is asked again sooner: the attempts run out, and the run says why instead of standing still.
        static TimeSpan AtMost(TimeSpan wait) => wait < LongestWait ? wait : LongestWait;
    }

    /// <summary>What an error's body says: OpenAI's own form, or the beginning of whatever it is.</summary>
    private static string Excerpt(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out var error))
            {
                var message = error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var inner) ? inner : error;
                return Cut(message.ValueKind == JsonValueKind.String ? message.GetString()! : message.GetRawText());
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Shown as it is.
        }

        return body.Length == 0 ? "(no body)" : Cut(Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, LongestExcerpt * 4))));
    }

    /// <summary>A text as one line of an error, cut if long.</summary>
    internal static string Cut(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestExcerpt ? line : line[..LongestExcerpt] + "...";
    }

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;

    private ModelException Fault(ModelFault fault, string what, bool mayBeBilled) => new(fault, Say(what)) { MayBeBilled = mayBeBilled };

    private string Say(string what) => secrets.Apply($"{name}: {what}");
}
