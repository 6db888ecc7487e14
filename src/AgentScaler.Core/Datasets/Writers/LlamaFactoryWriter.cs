namespace AgentScaler.Datasets.Writers;

/// <summary>
/// LLaMA-Factory's sharegpt format: <c>conversations</c> of <c>human</c> or <c>observation</c> at odd places and <c>gpt</c> or <c>function_call</c> at even ones, an even count
/// (else it skips the row in silence); <c>system</c>; <c>tools</c>, a JSON text. Parallel calls are one list, and their results one observation, parted
/// as its own converter parts them. A calling turn has no place for text; reasoning goes before it, in <c>&lt;think&gt;</c>.
/// </summary>
internal sealed class LlamaFactoryWriter(Stream target, ExportLosses losses) : TrajectoryLineWriter(target, losses)
{
    /// <summary>What stands between the results of parallel calls.</summary>
    public const string BetweenResults = "\n</tool_response>\n<tool_response>\n";

    private readonly ToolListText tools = ToolListText.Flat();
    private readonly JsonRow calls = new();

    /// <summary>The text of <c>dataset_info.json</c>, by which LLaMA-Factory finds files.</summary>
    /// <param name="datasets">Of each dataset its name there (letters, digits, <c>_</c> and <c>-</c>, as lists of datasets are parted by commas), and its file, from the folder of <c>dataset_info.json</c>.</param>
    public static string Information(params IEnumerable<(string Name, string File)> datasets) => "{\n" + string.Join(",\n", datasets.Select(Entry)) + "\n}\n";

    /// <inheritdoc/>
    protected override bool Write(string id, Trajectory trajectory, IReadOnlyList<ConversationTurn> turns, JsonRow row)
    {
        if (ToolListText.SchemaFaultOf(trajectory.Tools) is { } fault)
        {
            return Losses.Row(id, fault.Reason, fault.Place);
        }

        foreach (var turn in turns.Where(turn => turn.Message.ToolCalls is { Count: > 0 }))
        {
            if (HasMarks(turn))
            {
                return Losses.Row(id, ExportReasons.Markup, $"$.messages[{turn.Index}].tool_calls");
            }
        }

        ReportUntrained(id, turns);
        var hasSystem = turns[0].Message.Role == "system";
        row.Object().Name("conversations"u8).Array();
        foreach (var turn in hasSystem ? turns.Skip(1) : turns)
        {
            WriteTurn(id, turn, row);
        }

        row.EndArray()
            .Text("system"u8, hasSystem ? turns[0].Message.Content ?? string.Empty : string.Empty)
            .Name("tools"u8).Embed(tools.Of(trajectory.Tools)).EndObject();
        return true;
    }

    private static string Entry((string Name, string File) dataset) =>
        $$"""
          "{{dataset.Name}}": {
            "file_name": "{{dataset.File}}",
            "formatting": "sharegpt",
            "columns": {
              "messages": "conversations",
              "system": "system",
              "tools": "tools"
            },
            "tags": {
              "role_tag": "from",
              "content_tag": "value",
              "user_tag": "human",
              "assistant_tag": "gpt",
              "observation_tag": "observation",
              "function_tag": "function_call"
            }
          }
        """;

    private void WriteTurn(string id, ConversationTurn turn, JsonRow row)
    {
        var message = turn.Message;
        if (message.Role == "user")
        {
            Write("human", message.Content ?? string.Empty, row);
            return;
        }

        var thought = Thought.Before(id, turn, Losses);
        if (message.ToolCalls is not { Count: > 0 } made)
        {
            Write("gpt", thought + message.Content, row);
            return;
        }

        if (!string.IsNullOrWhiteSpace(message.Content))
        {
            Losses.Part(id, ExportReasons.TextBesideCalls, $"$.messages[{turn.Index}].content");
        }

        Write("function_call", thought + Calls(made), row);
        Write("observation", string.Join(BetweenResults, turn.Results.Select(result => result.Content)), row);
    }

    /// <summary>Marks of calls within arguments would be taken for the calls, marks of results within a result for the end of it.</summary>
    private bool HasMarks(ConversationTurn turn) =>
        Calls(turn.Message.ToolCalls!) is var text && (text.Contains("<tool_call>", StringComparison.Ordinal) || text.Contains("<think>", StringComparison.Ordinal))
        || turn.Results.Any(result => result.Content!.Contains("</tool_response>", StringComparison.Ordinal));

    private string Calls(IReadOnlyList<TrajectoryToolCall> made)
    {
        calls.Clear();
        if (made.Count > 1)
        {
            calls.Array();
        }

        foreach (var call in made)
        {
            calls.Object().Text("name"u8, call.Function.Name).Value("arguments"u8, call.Function.Arguments).EndObject();
        }

        return (made.Count > 1 ? calls.EndArray() : calls).ToString();
    }

    private static void Write(string from, string value, JsonRow row) => row.Object().Text("from"u8, from).Text("value"u8, value).EndObject();
}
