using System.Text;
using System.Text.Json;
using AgentScaler.ModelServers.Chat;

namespace AgentScaler.ModelServers.Wire;

/// <summary>Reads requests for chat completions.</summary>
internal static class ChatRequestReader
{
    /// <exception cref="ApiException">The body is not such a request.</exception>
    public static ChatRequest Read(RequestBody body)
    {
        var root = body.Root;
        var format = root.Get("response_format", JsonValueKind.Object, "");
        var structure = format?.Get("json_schema", JsonValueKind.Object, "response_format.");
        return new ChatRequest
        {
            Model = body.Deployment ?? root.Required("model", JsonValueKind.String, "").GetString()!,
            Messages = Each(root.Required("messages", JsonValueKind.Array, ""), "messages", Turn),
            Tools = Each(root.Get("tools", JsonValueKind.Array, ""), "tools", Tool),
            ToolChoice = ToolChoice(root),
            ParallelToolCalls = root.Flag("parallel_tool_calls"),
            Seed = root.Whole("seed"),
            ResponseFormat = format?.Required("type", JsonValueKind.String, "response_format.").GetString(),
            ResponseSchema = structure?.Get("schema", JsonValueKind.Object, "response_format.json_schema."),
            ResponseStrict = structure?.Flag("strict") ?? false,
            MaxTokens = root.Count("max_completion_tokens") ?? root.Count("max_tokens"),
            Temperature = root.Number("temperature"),
            TopP = root.Number("top_p"),
            Stop = Stop(root),
            Stream = root.Flag("stream") ?? false,
            StreamUsage = root.Get("stream_options", JsonValueKind.Object, "")?.Flag("include_usage") ?? false,
            Path = body.Path,
            Headers = body.Headers,
            Body = Encoding.UTF8.GetString(body.Bytes),
        };
    }

    private static ChatTurn Turn(JsonElement from, string path)
    {
        var (content, parts) = Content(from, path);
        return new ChatTurn
        {
            Role = from.Required("role", JsonValueKind.String, path).GetString()!,
            Content = content,
            PartTypes = parts,
            Name = from.Text("name", path),
            ToolCalls = Each(from.Get("tool_calls", JsonValueKind.Array, path), path + "tool_calls", Call),
            ToolCallId = from.Text("tool_call_id", path),
        };
    }

    private static (string? Text, IReadOnlyList<string> Parts) Content(JsonElement from, string path)
    {
        if (!from.TryGetProperty("content", out var content) || content.ValueKind is JsonValueKind.Null)
        {
            return (null, []);
        }

        if (content.ValueKind is JsonValueKind.String)
        {
            return (content.GetString(), []);
        }

        if (content.ValueKind is not JsonValueKind.Array)
        {
            throw Fields.Wrong(path + "content", "String or Array", content);
        }

        var text = new StringBuilder();
        var parts = Each(content, path + "content", (part, at) =>
        {
            var type = part.Required("type", JsonValueKind.String, at).GetString()!;
            text.Append(type is "text" ? part.Required("text", JsonValueKind.String, at).GetString() : type is "refusal" ? part.Text("refusal", at) : null);
            return type;
        });
        return (text.ToString(), parts);
    }

    private static ChatCall Call(JsonElement from, string path)
    {
        var function = from.Required("function", JsonValueKind.Object, path);
        return new ChatCall(
            from.Required("id", JsonValueKind.String, path).GetString()!,
            function.Required("name", JsonValueKind.String, path + "function.").GetString()!,
            function.Required("arguments", JsonValueKind.String, path + "function.").GetString()!);
    }

    private static OfferedTool Tool(JsonElement from, string path)
    {
        var function = from.Required("function", JsonValueKind.Object, path);
        path += "function.";
        return new OfferedTool(
            function.Required("name", JsonValueKind.String, path).GetString()!,
            function.Text("description", path),
            function.Get("parameters", JsonValueKind.Object, path),
            function.Flag("strict") ?? false);
    }

    private static string? ToolChoice(JsonElement root) => !root.TryGetProperty("tool_choice", out var choice) ? null : choice.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => choice.GetString(),
        JsonValueKind.Object => choice.Required("function", JsonValueKind.Object, "tool_choice.").Required("name", JsonValueKind.String, "tool_choice.function.").GetString(),
        _ => throw Fields.Wrong("tool_choice", "String or Object", choice),
    };

    private static IReadOnlyList<string> Stop(JsonElement root) => !root.TryGetProperty("stop", out var stop) ? [] : stop.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.String => [stop.GetString()!],
        JsonValueKind.Array when stop.EnumerateArray().All(s => s.ValueKind is JsonValueKind.String) => [.. stop.EnumerateArray().Select(s => s.GetString()!)],
        _ => throw Fields.Wrong("stop", "String or Array of String", stop),
    };

    private static T[] Each<T>(JsonElement? array, string path, Func<JsonElement, string, T> read)
    {
        if (array is not { } items)
        {
            return [];
        }

        var all = new T[items.GetArrayLength()];
        var i = 0;
        foreach (var item in items.EnumerateArray())
        {
            var at = $"{path}[{i}]";
            all[i++] = item.ValueKind is JsonValueKind.Object ? read(item, at + ".") : throw Fields.Wrong(at, "Object", item);
        }

        return all;
    }
}
