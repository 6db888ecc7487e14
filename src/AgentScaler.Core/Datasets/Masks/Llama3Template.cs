using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Masks;

/// <summary>
/// The template of Llama 3.1 (<c>tokenizer_config.json</c> of <c>Llama-3.1-8B-Instruct</c>) with its defaults: tools stand before the first user message, the date is the template's own, a
/// call is <c>{"name": ..., "parameters": ...}</c>, results are of role <c>ipython</c> and, being text, are quoted as JSON. The template takes one call a turn, so
/// several calls become turns of one call each, its result after each; it drops text beside a call and all reasoning, which is counted.
/// </summary>
internal sealed class Llama3Template : IChatTemplate
{
    private const string End = "<|eot_id|>";

    private static readonly PythonDumps Json = new(ascii: false, indent: 0);

    private static readonly PythonDumps Indented = new(ascii: false, indent: 4);

    /// <inheritdoc/>
    public IReadOnlyList<int> Cuts(IReadOnlyList<TemplateMessage> messages) => [];

    /// <inheritdoc/>
    public void Render(IReadOnlyList<TemplateMessage> messages, int trainFrom, IReadOnlyList<JsonElement> tools, MaskedText text, MaskTally tally)
    {
        var hasSystem = messages is [{ Role: "system" }, ..];
        text.Append("<|begin_of_text|>" + Header("system"));
        text.Append(tools.Count > 0 ? "Environment: ipython\n" : "");
        text.Append("Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n");
        text.Append((hasSystem ? Trim(messages[0].Content) : "") + End);
        var next = hasSystem ? 1 : 0;
        if (tools.Count > 0)
        {
            if (messages.Count == next)
            {
                throw new RecordFormatException("$.messages", "expected a message to put the tools before, which Llama 3's template needs");
            }

            text.Append(Header("user") + "Given the following functions, please respond with a JSON for a function call with its proper arguments that best answers the given prompt.\n\n");
            text.Append("Respond in the format {\"name\": function name, \"parameters\": dictionary of argument name and its value}.Do not use variables.\n\n");
            foreach (var tool in tools)
            {
                text.Append(Indented.Write(tool) + "\n\n");
            }

            text.Append(Trim(messages[next++].Content) + End);
        }

        for (var i = next; i < messages.Count; i++)
        {
            var train = messages[i].Train && i >= trainFrom;
            tally.ReasoningLost += messages[i].Reasoning is { Length: > 0 } ? 1 : 0;
            if (messages[i].Calls.Count > 0)
            {
                tally.TextLost += messages[i].Content.Length > 0 ? 1 : 0;
                i = Turns(messages, i, train, text, tally);
            }
            else if (messages[i].Role == "tool")
            {
                Result(messages[i], text);
            }
            else
            {
                text.Append(Header(messages[i].Role));
                text.Append(Trim(messages[i].Content) + End, train);
            }
        }
    }

    /// <summary>Writes each call as a turn, and after it its result if the messages that follow have it.</summary>
    /// <returns>The index of the last message written.</returns>
    private static int Turns(IReadOnlyList<TemplateMessage> messages, int index, bool train, MaskedText text, MaskTally tally)
    {
        var calls = messages[index].Calls;
        tally.CallsSpread += calls.Count > 1 ? 1 : 0;
        var results = messages.Skip(index + 1).TakeWhile(message => message.Role == "tool").ToList();
        var last = index + results.Count;
        foreach (var call in calls)
        {
            text.Append(Header("assistant"));
            text.Append("{\"name\": \"" + call.Name + "\", \"parameters\": " + Json.Write(call.Arguments) + "}" + End, train);
            var own = calls.Count == 1 ? 0 : results.FindIndex(result => result.Answers == call.Id);
            if (own >= 0 && own < results.Count)
            {
                Result(results[own], text);
                results.RemoveAt(own);
            }
        }

        results.ForEach(result => Result(result, text));
        return last;
    }

    private static void Result(TemplateMessage message, MaskedText text) =>
        text.Append(Header("ipython") + Json.Write(JsonSerializer.SerializeToElement(message.Content)) + End);

    private static string Header(string role) => "<|start_header_id|>" + role + "<|end_header_id|>\n\n";

    /// <summary>Python's <c>str.strip()</c>, which also takes the four separators of ASCII.</summary>
    private static string Trim(string text)
    {
        var span = text.AsSpan();
        while (span is [var first, ..] && IsSpace(first))
        {
            span = span[1..];
        }

        while (span is [.., var last] && IsSpace(last))
        {
            span = span[..^1];
        }

        return span.Length == text.Length ? text : span.ToString();

        static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f';
    }
}
