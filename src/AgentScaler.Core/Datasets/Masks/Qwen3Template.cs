using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Masks;

/// <summary>
/// The template of Qwen3 (<c>Qwen/Qwen3-8B</c> and its sizes, <c>tokenizer_config.json</c> of 2025). Tools stand in the system message; results that follow each other
/// share one user turn; reasoning is kept only in assistant messages after the last user message that is no tool result. The last message gets an empty
/// <c>&lt;think&gt;</c> block where it has no reasoning: that block is part of the prompt when the model is asked without thinking, so it is not trained.
/// </summary>
internal sealed class Qwen3Template : IChatTemplate
{
    private const string End = "<|im_end|>";

    private static readonly PythonDumps Json = new(ascii: false, indent: 0);

    /// <inheritdoc/>
    public IReadOnlyList<int> Cuts(IReadOnlyList<TemplateMessage> messages)
    {
        var last = LastQuery(messages);
        return messages.Take(last).Any(message => message.Role == "assistant" && Divide(message).Reasoning.Length > 0)
            ? [.. Enumerable.Range(0, messages.Count).Where(i => IsQuery(messages[i])).Skip(1)]
            : [];
    }

    /// <inheritdoc/>
    public void Render(IReadOnlyList<TemplateMessage> messages, int trainFrom, IReadOnlyList<JsonElement> tools, MaskedText text, MaskTally tally)
    {
        var system = messages is [{ Role: "system" } first, ..] ? first.Content : null;
        if (tools.Count > 0)
        {
            text.Append("<|im_start|>system\n");
            text.Append(system is null ? "" : system + "\n\n");
            text.Append("# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n<tools>");
            foreach (var tool in tools)
            {
                text.Append("\n" + Json.Write(tool));
            }

            text.Append("\n</tools>\n\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n<tool_call>\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call>" + End + "\n");
        }
        else if (system is not null)
        {
            text.Append("<|im_start|>system\n" + system + End + "\n");
        }

        var query = LastQuery(messages);
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            switch (message.Role)
            {
                case "user":
                case "system" when i > 0:
                    text.Append("<|im_start|>" + message.Role + "\n" + message.Content + End + "\n");
                    break;
                case "assistant":
                    Assistant(message, i > query, i == messages.Count - 1, message.Train && i >= trainFrom, text);
                    break;
                case "tool":
                    text.Append(i == 0 || messages[i - 1].Role != "tool" ? "<|im_start|>user" : "");
                    text.Append("\n<tool_response>\n" + message.Content + "\n</tool_response>");
                    text.Append(i == messages.Count - 1 || messages[i + 1].Role != "tool" ? End + "\n" : "");
                    break;
            }
        }
    }

    private static void Assistant(TemplateMessage message, bool afterQuery, bool last, bool train, MaskedText text)
    {
        var (reasoning, content) = Divide(message);
        text.Append("<|im_start|>assistant\n");
        if (afterQuery && (last || reasoning.Length > 0))
        {
            text.Append("<think>\n" + reasoning.Trim('\n') + "\n</think>\n\n", train && reasoning.Length > 0);
            text.Append(content.TrimStart('\n'), train);
        }
        else
        {
            text.Append(content, train);
        }

        for (var i = 0; i < message.Calls.Count; i++)
        {
            var call = message.Calls[i];
            text.Append(i > 0 || content.Length > 0 ? "\n" : "", train);
            text.Append("<tool_call>\n{\"name\": \"" + call.Name + "\", \"arguments\": ", train);
            text.Append(call.Arguments.ValueKind == JsonValueKind.String ? JsonText.Of(call.Arguments) : Json.Write(call.Arguments), train);
            text.Append("}\n</tool_call>", train);
        }

        text.Append(End, train);
        text.Append("\n");
    }

    /// <summary>Reasoning and text; where a message has no reasoning of its own, the template looks for it in the text.</summary>
    private static (string Reasoning, string Content) Divide(TemplateMessage message)
    {
        const string Closing = "</think>";
        var content = message.Content;
        if (message.Reasoning is { } reasoning)
        {
            return (reasoning, content);
        }

        var first = content.IndexOf(Closing, StringComparison.Ordinal);
        return first < 0
            ? ("", content)
            : (content[..first].TrimEnd('\n').Split("<think>")[^1].TrimStart('\n'), content.Split(Closing)[^1].TrimStart('\n'));
    }

    private static bool IsQuery(TemplateMessage message) => message.Role == "user"
        && !(message.Content.StartsWith("<tool_response>", StringComparison.Ordinal) && message.Content.EndsWith("</tool_response>", StringComparison.Ordinal));

    private static int LastQuery(IReadOnlyList<TemplateMessage> messages)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (IsQuery(messages[i]))
            {
                return i;
            }
        }

        return messages.Count - 1;
    }
}
