namespace AgentScaler.Datasets.Writers;

/// <summary>Messages as chat templates take them. Every message has <c>content</c>, so that it is one column of text.</summary>
/// <param name="textArguments">Whether arguments are a text; else they are an object.</param>
/// <param name="train">Whether every message says if it is trained on.</param>
internal sealed class ChatText(bool textArguments, bool train)
{
    private readonly JsonRow arguments = new();

    /// <summary>Writes a list of messages.</summary>
    public void Write(IReadOnlyList<TrajectoryMessage> messages, JsonRow row)
    {
        row.Array();
        foreach (var message in messages)
        {
            row.Object().Text("role"u8, message.Role).Text("content"u8, message.Content ?? string.Empty);
            if (message.ReasoningContent is { } reasoning)
            {
                row.Text("reasoning_content"u8, reasoning);
            }

            WriteCalls(message.ToolCalls ?? [], row);
            if (message.ToolCallId is { } id)
            {
                row.Text("tool_call_id"u8, id);
            }

            if (message.Name is { } name)
            {
                row.Text("name"u8, name);
            }

            if (train)
            {
                row.Flag("train"u8, message.Train);
            }

            row.EndObject();
        }

        row.EndArray();
    }

    private void WriteCalls(IReadOnlyList<TrajectoryToolCall> calls, JsonRow row)
    {
        if (calls.Count == 0)
        {
            return;
        }

        row.Name("tool_calls"u8).Array();
        foreach (var call in calls)
        {
            row.Object().Text("id"u8, call.Id).Text("type"u8, "function").Name("function"u8).Object().Text("name"u8, call.Function.Name).Name("arguments"u8);
            if (textArguments)
            {
                row.Embed(arguments.Clear().Value(call.Function.Arguments).Written);
            }
            else
            {
                row.Value(call.Function.Arguments);
            }

            row.EndObject().EndObject();
        }

        row.EndArray();
    }
}
