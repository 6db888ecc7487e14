using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AgentScaler.Datasets.Writers;

/// <summary>
/// Messages and tools as OpenAI's fine-tuning takes them: arguments as text, no key but those of its schema, tool names of 1-64 letters, digits,
/// <c>_</c> and <c>-</c>, at most 128 tools, descriptions of at most 1,024 characters, call ids of at most 40.
/// </summary>
internal sealed class OpenAiText(ExportLosses losses)
{
    private const int MostTools = 128;
    private const int LongestDescription = 1024;
    private const int LongestId = 40;

    private readonly JsonRow arguments = new();
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<IReadOnlyList<TrajectoryTool>, CheckedTools> checkedTools = [];
    private readonly ToolListText list = ToolListText.OpenAi(Cut);

    /// <summary>Starts a record: ids of calls are made anew.</summary>
    public void Start() => ids.Clear();

    /// <summary>Whether every tool is one that OpenAI takes; if not, the reason is reported.</summary>
    public bool Accepts(string id, IReadOnlyList<TrajectoryTool> tools) =>
        checkedTools.GetValue(tools, Check).Fault is not { } fault || losses.Row(id, fault.Reason, fault.Place);

    /// <summary>Whether every call is of a name that OpenAI takes and has arguments; if not, the reason is reported.</summary>
    public bool Accepts(string id, IReadOnlyList<TrajectoryMessage> messages, string path)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            foreach (var call in messages[i].ToolCalls ?? [])
            {
                if (!IsName(call.Function.Name))
                {
                    return losses.Row(id, ExportReasons.ToolName, $"{path}[{i}].tool_calls");
                }

                if (IsStandIn(call.Function.Arguments))
                {
                    return losses.Row(id, ExportReasons.MalformedArguments, $"{path}[{i}].tool_calls");
                }
            }
        }

        return true;
    }

    /// <summary>Writes <c>tools</c> and <c>parallel_tool_calls</c>.</summary>
    public void WriteTools(string id, IReadOnlyList<TrajectoryTool> tools, bool parallel, JsonRow row)
    {
        if (tools.Count == 0)
        {
            return;
        }

        foreach (var cut in checkedTools.GetValue(tools, Check).Cut)
        {
            losses.Part(id, ExportReasons.LongDescription, $"$.tools[{cut}].function.description");
        }

        row.Name("tools"u8).Raw(list.Of(tools)).Flag("parallel_tool_calls"u8, parallel);
    }

    /// <summary>Writes a list of messages.</summary>
    /// <param name="weights">Whether assistant messages say with <c>weight</c> if they are trained on.</param>
    public void WriteMessages(string id, IReadOnlyList<TrajectoryMessage> messages, string path, bool weights, JsonRow row)
    {
        row.Array();
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            row.Object().Text("role"u8, message.Role);
            if (message.ToolCallId is { } answered)
            {
                row.Text("tool_call_id"u8, IdOf(answered));
            }

            if (message.Content is { } content)
            {
                row.Text("content"u8, content);
            }

            if (message.ReasoningContent is not null)
            {
                losses.Part(id, ExportReasons.Reasoning, $"{path}[{i}].reasoning_content");
            }

            WriteCalls(message.ToolCalls ?? [], row);
            if (weights && message.Role == "assistant")
            {
                row.Number("weight"u8, message.Train ? 1 : 0);
            }

            row.EndObject();
        }

        row.EndArray();
    }

    /// <summary>Whether an assistant's message calls several tools at once.</summary>
    public static bool IsParallel(IEnumerable<TrajectoryMessage> messages) => messages.Any(message => message.ToolCalls is { Count: > 1 });

    /// <summary>Whether a name is one that OpenAI's API takes.</summary>
    public static bool IsName(string name) => name.Length is >= 1 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>Whether the arguments stand in for ones that were no object (<see cref="TrajectoryComposer"/>).</summary>
    public static bool IsStandIn(JsonElement arguments) =>
        arguments.ValueKind != JsonValueKind.Object || (arguments.GetPropertyCount() == 1 && arguments.TryGetProperty("malformed_arguments", out _));

    private static CheckedTools Check(IReadOnlyList<TrajectoryTool> tools)
    {
        (string, string)? fault = tools.Count > MostTools ? (ExportReasons.TooManyTools, "$.tools") : null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tools.Count && fault is null; i++)
        {
            fault = !IsName(tools[i].Function.Name) || !names.Add(tools[i].Function.Name) ? (ExportReasons.ToolName, $"$.tools[{i}].function.name") : null;
        }

        return new CheckedTools(fault ?? ToolListText.SchemaFaultOf(tools), [.. Enumerable.Range(0, tools.Count).Where(i => tools[i].Function.Description.Length > LongestDescription)]);
    }

    private static string Cut(string description) => description.Length <= LongestDescription
        ? description
        : description[..(char.IsHighSurrogate(description[LongestDescription - 1]) ? LongestDescription - 1 : LongestDescription)];

    private void WriteCalls(IReadOnlyList<TrajectoryToolCall> calls, JsonRow row)
    {
        if (calls.Count == 0)
        {
            return;
        }

        row.Name("tool_calls"u8).Array();
        foreach (var call in calls)
        {
            row.Object().Text("id"u8, IdOf(call.Id)).Text("type"u8, "function").Name("function"u8).Object()
                .Text("name"u8, call.Function.Name)
                .Name("arguments"u8).Embed(arguments.Clear().Value(call.Function.Arguments).Written)
                .EndObject().EndObject();
        }

        row.EndArray();
    }

    /// <summary>Ids only link calls and results: one that is too long is replaced by its number in the record.</summary>
    private string IdOf(string id)
    {
        if (id.Length <= LongestId)
        {
            return id;
        }

        if (!ids.TryGetValue(id, out var known))
        {
            ids[id] = known = $"call_{ids.Count + 1}";
        }

        return known;
    }

    /// <param name="Fault">Why OpenAI does not take the list, and where; null if it does.</param>
    /// <param name="Cut">Places of the tools whose descriptions are too long.</param>
    private sealed record CheckedTools((string Reason, string Place)? Fault, IReadOnlyList<int> Cut);
}
