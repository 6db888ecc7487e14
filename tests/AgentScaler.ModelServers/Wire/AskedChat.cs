using System.Text;
using AgentScaler.ModelServers.Chat;
using AgentScaler.ModelServers.Faults;

namespace AgentScaler.ModelServers.Wire;

/// <summary>A chat completion asked for.</summary>
internal sealed class AskedChat(ChatRequest request, ChatServerOptions options) : IAsked
{
    public string Model => request.Model;

    public long PromptTokens { get; } = TokenCount.Of(request);

    public long MostTokens => PromptTokens + (request.MaxTokens ?? 0);

    public async ValueTask<MadeAnswer> MakeAsync(FaultDraw draw, string id, CancellationToken cancellation)
    {
        var answer = await options.Brain(request, cancellation);
        var rewritten = draw.Semantic is { } fault && answer.RawBody is null ? SemanticRewrite.Apply(fault, answer, draw.Choice) : null;
        var happened = rewritten is null ? null : draw.Semantic;
        answer = rewritten ?? answer;
        if (answer.RawBody is not null)
        {
            return new MadeAnswer([Encoding.UTF8.GetBytes(answer.RawBody)], answer.RawType, answer.Usage ?? new ChatUsage(0, 0), null, answer.RawStatus);
        }

        var usage = answer.Usage ?? new ChatUsage(PromptTokens, TokenCount.Of(answer), 0, TokenCount.Of(answer.Reasoning));

        var sent = new SentChat(id, options.Clock.GetUtcNow().ToUnixTimeSeconds(), request, answer, usage);
        return request.Stream
            ? new MadeAnswer(ChatStreamWriter.Write(sent), MadeAnswer.Events, usage, happened)
            : new MadeAnswer([ChatAnswerWriter.Write(sent)], MadeAnswer.Json, usage, happened);
    }
}
