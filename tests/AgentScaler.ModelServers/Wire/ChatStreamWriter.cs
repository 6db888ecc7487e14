using System.Buffers;
using System.Text.Json;

namespace AgentScaler.ModelServers.Wire;

/// <summary>Writes answers as events of <c>chat.completion.chunk</c> objects, ended by <c>[DONE]</c>.</summary>
internal static class ChatStreamWriter
{
    /// <summary>Text goes out in at most so many pieces, of at least so many characters.</summary>
    private const int MostPieces = 32;
    private const int LeastCharacters = 12;

    public static IReadOnlyList<ReadOnlyMemory<byte>> Write(SentChat sent)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        var answer = sent.Answer;
        Delta(events, sent, static json => json.WriteString("role", "assistant"));
        Text(events, sent, "reasoning_content", answer.Reasoning);
        Text(events, sent, "content", answer.Content);
        Text(events, sent, "refusal", answer.Refusal);
        for (var i = 0; i < answer.ToolCalls.Count; i++)
        {
            var call = answer.ToolCalls[i];
            var index = i;
            Call(events, sent, index, json => ChatAnswerWriter.WriteCall(json, call with { Arguments = "" }));
            foreach (var piece in Pieces(call.Arguments))
            {
                Call(events, sent, index, json =>
                {
                    json.WriteStartObject("function");
                    json.WriteString("arguments", piece);
                    json.WriteEndObject();
                });
            }
        }

        Choice(events, sent, null, answer.EndReason);
        if (sent.Request.StreamUsage)
        {
            Event(events, sent, json =>
            {
                json.WriteStartArray("choices");
                json.WriteEndArray();
                ChatAnswerWriter.WriteUsage(json, sent.Usage);
            });
        }

        events.Add("data: [DONE]\n\n"u8.ToArray());
        return events;
    }

    private static void Text(List<ReadOnlyMemory<byte>> events, SentChat sent, string name, string? text)
    {
        foreach (var piece in Pieces(text ?? ""))
        {
            Delta(events, sent, json => json.WriteString(name, piece));
        }
    }

    private static void Call(List<ReadOnlyMemory<byte>> events, SentChat sent, int index, Action<Utf8JsonWriter> write) => Delta(events, sent, json =>
    {
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        json.WriteNumber("index", index);
        write(json);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static void Delta(List<ReadOnlyMemory<byte>> events, SentChat sent, Action<Utf8JsonWriter> write) => Choice(events, sent, write, null);

    private static void Choice(List<ReadOnlyMemory<byte>> events, SentChat sent, Action<Utf8JsonWriter>? write, string? end) => Event(events, sent, json =>
    {
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        write?.Invoke(json);
        json.WriteEndObject();
        json.WriteString("finish_reason", end);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static void Event(List<ReadOnlyMemory<byte>> events, SentChat sent, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        buffer.Write("data: "u8);
        JsonBytes.Append(buffer, sent, (json, of) =>
        {
            json.WriteStartObject();
            ChatAnswerWriter.WriteHead(json, of, "chat.completion.chunk");
            write(json);
            json.WriteEndObject();
        });
        buffer.Write("\n\n"u8);
        events.Add(buffer.WrittenMemory);
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var size = Math.Max(LeastCharacters, (text.Length + MostPieces - 1) / MostPieces);
        for (var at = 0; at < text.Length;)
        {
            var end = Math.Min(text.Length, at + size);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
            {
                end++;
            }

            yield return text[at..end];
            at = end;
        }
    }
}
