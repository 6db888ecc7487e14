using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Clients;

/// <summary>About how many tokens a request has, before anybody has counted them: four bytes of UTF-8 each.</summary>
internal static class TokenEstimate
{
    private const int BytesPerToken = 4;
    private const int TokensPerMessage = 4;

    /// <summary>The estimate for a request.</summary>
    public static int Of(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        messages.Sum(message => TokensPerMessage + message.Contents.Sum(Of))
        + (options?.Tools?.OfType<AIFunctionDeclaration>().Sum(tool => Of(tool.Name) + Of(tool.Description) + Of(tool.JsonSchema.GetRawText())) ?? 0);

    /// <summary>The estimate for a reply.</summary>
    public static int Of(ModelReply reply) =>
        Of(reply.Text) + Of(reply.Reasoning) + (reply.Calls?.Sum(call => Of(call.Name) + Of(call.Arguments)) ?? 0);

    private static int Of(AIContent content) => content switch
    {
        TextContent text => Of(text.Text),
        FunctionCallContent call => Of(call.Name) + Of(JsonSerializer.Serialize(call.Arguments)),
        FunctionResultContent result => Of(result.Result?.ToString()),
        _ => 0,
    };

    private static int Of(string? text) => text is null ? 0 : (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;
}
