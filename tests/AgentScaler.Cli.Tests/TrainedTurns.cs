using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentScaler.Cli.Tests;

/// <summary>What a model of a family would have learnt to say: the trained spans of a sample, read back into turns of text and calls.</summary>
internal static partial class TrainedTurns
{
    /// <summary>The turns in the spans of a line of masks; positions count code points.</summary>
    public static IReadOnlyList<string> OfSpans(JsonElement sample, string template)
    {
        var runes = sample.GetProperty("text").GetString()!.EnumerateRunes().ToList();
        return [.. sample.GetProperty("spans").EnumerateArray()
            .Select(span => Read(string.Concat(runes[span[0].GetInt32()..span[1].GetInt32()]), template))];
    }

    /// <summary>The same turns, from the record's messages.</summary>
    public static IReadOnlyList<string> OfMessages(JsonElement record, string template)
    {
        var turns = new List<string>();
        foreach (var message in record.GetProperty("messages").EnumerateArray().Where(message => message.GetProperty("role").GetString() == "assistant"))
        {
            var text = message.TryGetProperty("content", out var content) ? content.GetString()! : "";
            var calls = message.TryGetProperty("tool_calls", out var list)
                ? list.EnumerateArray().Select(call => call.GetProperty("function")).Select(call => Call(call.GetProperty("name"), call.GetProperty("arguments"))).ToList() : [];
            var thought = template == "qwen3" && message.TryGetProperty("reasoning_content", out var reasoning) ? $"thinks {reasoning.GetString()!.Trim('\n')}\n" : "";
            turns.AddRange(template == "llama3" && calls.Count > 0 ? calls : [thought + string.Join('\n', [text, .. calls])]);
        }

        return turns;
    }

    private static string Read(string span, string template)
    {
        if (template == "llama3")
        {
            Assert.EndsWith("<|eot_id|>", span, StringComparison.Ordinal);
            span = span[..^10];
            return span.StartsWith("{\"name\": ", StringComparison.Ordinal) ? Call(JsonElement.Parse(span), "parameters") : span;
        }

        Assert.EndsWith("<|im_end|>", span, StringComparison.Ordinal);
        var thought = Thought().Match(span);
        var parts = ToolCall().Split(span[thought.Length..^10]);
        return (thought.Success ? $"thinks {thought.Groups[1].Value}\n" : "") + string.Join('\n', parts.Select((part, i) => i % 2 == 1 ? Call(JsonElement.Parse(part), "arguments") : part).Where((part, i) => i == 0 || part.Length > 0));
    }

    private static string Call(JsonElement call, string arguments)
    {
        Assert.Equal(["name", arguments], call.EnumerateObject().Select(property => property.Name));
        return Call(call.GetProperty("name"), call.GetProperty(arguments));
    }

    private static string Call(JsonElement name, JsonElement arguments) => name.GetString() + " " + JsonSerializer.Serialize(arguments);

    [GeneratedRegex(@"^<think>\n(.+?)\n</think>\n\n", RegexOptions.Singleline)]
    private static partial Regex Thought();

    [GeneratedRegex(@"\n?<tool_call>\n(.*?)\n</tool_call>", RegexOptions.Singleline)]
    private static partial Regex ToolCall();
}
