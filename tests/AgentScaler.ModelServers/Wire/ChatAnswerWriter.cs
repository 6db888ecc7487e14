using System.Text.Json;
using AgentScaler.ModelServers.Chat;

namespace AgentScaler.ModelServers.Wire;

/// <summary>Writes <c>chat.completion</c> objects.</summary>
internal static class ChatAnswerWriter
{
    public static ReadOnlyMemory<byte> Write(SentChat sent) => JsonBytes.Write(sent, WriteCompletion);

    /// <summary>The members that completions and chunks share.</summary>
    public static void WriteHead(Utf8JsonWriter json, SentChat sent, string kind)
    {
        json.WriteString("id", sent.Id);
        json.WriteString("object", kind);
        json.WriteNumber("created", sent.Created);
        json.WriteString("model", sent.Request.Model);
    }

    public static void WriteUsage(Utf8JsonWriter json, ChatUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", usage.Prompt);
        json.WriteNumber("completion_tokens", usage.Completion);
        json.WriteNumber("total_tokens", usage.Prompt + usage.Completion);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", usage.Cached);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteCall(Utf8JsonWriter json, ChatCall call)
    {
        json.WriteString("id", call.Id);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        json.WriteString("arguments", call.Arguments);
        json.WriteEndObject();
    }

    private static void WriteCompletion(Utf8JsonWriter json, SentChat sent)
    {
        json.WriteStartObject();
        WriteHead(json, sent, "chat.completion");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        WriteMessage(json, sent.Answer);
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", sent.Answer.EndReason);
        json.WriteEndObject();
        json.WriteEndArray();
        WriteUsage(json, sent.Usage);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatAnswer answer)
    {
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", answer.Content);
        json.WriteString("refusal", answer.Refusal);
        if (answer.Reasoning is not null)
        {
            json.WriteString("reasoning_content", answer.Reasoning);
        }

        if (answer.ToolCalls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (var call in answer.ToolCalls)
            {
                json.WriteStartObject();
                WriteCall(json, call);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
