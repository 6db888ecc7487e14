using System.Text;

namespace AgentScaler.ModelServers.Chat;

/// <summary>The server's tokenizer: four bytes of UTF-8 are a token, and what is left over is one more.</summary>
public static class TokenCount
{
    private const int BytesPerToken = 4;

    /// <summary>Tokens of a text.</summary>
    public static long Of(string? text) => Tokens(Bytes(text));

    /// <summary>Tokens of a request: roles, names, texts and calls of its messages, and the tools it offers.</summary>
    public static long Of(ChatRequest request)
    {
        var bytes = 0L;
        foreach (var turn in request.Messages)
        {
            bytes += Bytes(turn.Role) + Bytes(turn.Content) + Bytes(turn.Name) + Bytes(turn.ToolCallId) + Bytes(turn.ToolCalls);
        }

        foreach (var tool in request.Tools)
        {
            bytes += Bytes(tool.Name) + Bytes(tool.Description) + Bytes(tool.Parameters?.GetRawText());
        }

        return Tokens(bytes + Bytes(request.ResponseSchema?.GetRawText()));
    }

    /// <summary>Tokens of an answer: its text, reasoning, refusal and calls.</summary>
    public static long Of(ChatAnswer answer) =>
        Tokens(Bytes(answer.Content) + Bytes(answer.Reasoning) + Bytes(answer.Refusal) + Bytes(answer.ToolCalls));

    private static long Tokens(long bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;

    private static long Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private static long Bytes(IReadOnlyList<ChatCall> calls)
    {
        var bytes = 0L;
        foreach (var call in calls)
        {
            bytes += Bytes(call.Name) + Bytes(call.Arguments);
        }

        return bytes;
    }
}
