using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using AgentScaler.ModelServers.Embeddings;
using AgentScaler.ModelServers.Faults;
using AgentScaler.ModelServers.Tallies;
using Microsoft.AspNetCore.Http;

namespace AgentScaler.ModelServers.Wire;

/// <summary>Takes requests through their stations: path, key, form, limits, faults, latency, answer.</summary>
internal sealed class ApiHandler(ChatServerOptions options, TallyBook book, RateWindow window)
{
    private const int IdBytes = 12;

    private readonly FaultDraws draws = new(options.Faults);
    private readonly HashSet<string> models = new(options.Models, StringComparer.Ordinal);

    public async Task HandleAsync(HttpContext context)
    {
        var visit = book.Arrive();
        var reply = new Reply(context, visit, options);
        try
        {
            await AnswerAsync(context, visit, reply);
        }
        catch (ApiException e)
        {
            await reply.SendErrorAsync(Outcome.Rejected, e.Status, e.Message, e.Type, e.Code, e.Param);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Whom to answer is gone.
        }
        finally
        {
            visit.Leave(visit.Transport is null ? Outcome.Abandoned : Outcome.Faulted);
        }
    }

    private async Task AnswerAsync(HttpContext context, Visit visit, Reply reply)
    {
        if (options.RequiredKey is not null && reply.Key != options.RequiredKey)
        {
            throw new ApiException(401, "Incorrect API key provided.", "invalid_api_key");
        }

        var route = Route.Of(context.Request);
        if (route.Operation is Route.Models)
        {
            await reply.SendAsync(Outcome.Completed, ModelList.Write(options), MadeAnswer.Json, 200);
            return;
        }

        var body = await RequestBody.ReadAsync(context, route);
        var asked = Read(route, body);
        visit.Model = asked.Model;
        Check(asked);
        var refused = window.Enter(visit.Concurrent, asked.PromptTokens);
        SetLeft(context.Response.Headers);
        if (refused is { } limit)
        {
            await reply.SendLimitedAsync(limit.Wait, limit.Limit);
            return;
        }

        var hash = SHA256.HashData(body.Bytes);
        var draw = draws.Draw(hash);
        visit.Transport = draw.Transport;
        if (draw.Transport is { } fault && await FaultReply.TrySendAsync(fault, reply, options.Faults, context.RequestAborted))
        {
            return;
        }

        if (await MakeAsync(asked, draw, Convert.ToHexStringLower(hash.AsSpan(0, IdBytes)), context, visit, reply) is { } answer)
        {
            await reply.SendAnswerAsync(answer, draw.Transport);
        }
    }

    private async Task<MadeAnswer?> MakeAsync(IAsked asked, FaultDraw draw, string id, HttpContext context, Visit visit, Reply reply)
    {
        MadeAnswer answer;
        try
        {
            answer = await asked.MakeAsync(draw, "chatcmpl-" + id, context.RequestAborted);
        }
        catch (Exception e) when (e is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
        {
            visit.Transport = null;
            await reply.SendErrorAsync(Outcome.Failed, 500, $"The brain failed: {e}", "server_error");
            return null;
        }

        (visit.PromptTokens, visit.CompletionTokens, visit.Semantic) = (answer.Usage.Prompt, answer.Usage.Completion, answer.Fault);
        window.AddTokens(answer.Usage.Completion);
        var rest = options.Latency - Stopwatch.GetElapsedTime(visit.Arrived);
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, context.RequestAborted);
        }

        return answer;
    }

    private IAsked Read(Route route, RequestBody body)
    {
        if (route.Operation is Route.Embeddings)
        {
            return new AskedEmbeddings(body, options.EmbeddingSize);
        }

        var request = ChatRequestReader.Read(body);
        if (options.Strict)
        {
            ChatRules.Check(request);
        }

        return new AskedChat(request, options);
    }

    private void Check(IAsked asked)
    {
        if (models.Count > 0 && !models.Contains(asked.Model))
        {
            throw new ApiException(404, $"The model '{asked.Model}' does not exist or you do not have access to it.", "model_not_found");
        }

        if (asked.MostTokens > options.ContextLength)
        {
            var message = $"This model's maximum context length is {options.ContextLength} tokens. However, you requested {asked.MostTokens} tokens.";
            throw new ApiException(400, message, "context_length_exceeded", "messages");
        }
    }

    private void SetLeft(IHeaderDictionary headers)
    {
        var (requests, tokens) = window.Left;
        Set(headers, "requests", options.Limits.RequestsPerMinute, requests);
        Set(headers, "tokens", options.Limits.TokensPerMinute, tokens);
    }

    private static void Set(IHeaderDictionary headers, string of, long? limit, long? left)
    {
        if (limit is not null)
        {
            headers[$"x-ratelimit-limit-{of}"] = limit.Value.ToString(CultureInfo.InvariantCulture);
            headers[$"x-ratelimit-remaining-{of}"] = left!.Value.ToString(CultureInfo.InvariantCulture);
        }
    }
}
