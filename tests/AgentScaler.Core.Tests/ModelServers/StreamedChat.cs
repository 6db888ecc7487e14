using System.Text.Json;
using AgentScaler.ModelServers.Chat;

namespace AgentScaler.Core.Tests.ModelServers;

/// <summary>Puts an answer together from the chunks of a stream.</summary>
internal static class StreamedChat
{
    /// <summary>The chunks of a stream, which must end with <c>[DONE]</c>.</summary>
    public static async Task<JsonElement[]> ChunksAsync(HttpResponseMessage answer)
    {
        var events = (await answer.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        return [.. events[..^1].Select(e => JsonElement.Parse(e["data: ".Length..]))];
    }

    public static ChatAnswer Read(IEnumerable<JsonElement> chunks)
    {
        string? content = null, reasoning = null, refusal = null, end = null;
        var calls = new List<ChatCall>();
        foreach (var choice in chunks.SelectMany(c => c.GetProperty("choices").EnumerateArray()))
        {
            var delta = choice.GetProperty("delta");
            content += Text(delta, "content");
            reasoning += Text(delta, "reasoning_content");
            refusal += Text(delta, "refusal");
            end = Text(choice, "finish_reason") ?? end;
            if (delta.TryGetProperty("tool_calls", out var more))
            {
                Add(calls, more[0]);
            }
        }

        return new ChatAnswer { Content = content, Reasoning = reasoning, Refusal = refusal, ToolCalls = calls, FinishReason = end };
    }

    private static void Add(List<ChatCall> calls, JsonElement piece)
    {
        var index = piece.GetProperty("index").GetInt32();
        var function = piece.GetProperty("function");
        if (index == calls.Count)
        {
            calls.Add(new ChatCall(Text(piece, "id")!, Text(function, "name")!, ""));
        }

        calls[index] = calls[index] with { Arguments = calls[index].Arguments + Text(function, "arguments") };
    }

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() : null;
}
