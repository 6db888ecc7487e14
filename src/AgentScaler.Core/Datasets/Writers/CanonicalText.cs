using AgentScaler.Json;

namespace AgentScaler.Datasets.Writers;

/// <summary>Messages as the canonical file has them: what <see cref="DatasetJson.Line"/> gives, without the way over a document.</summary>
internal sealed class CanonicalText
{
    private readonly JsonRow row = new(NumberForm.Loose);

    /// <summary>The list's JSON.</summary>
    public string Of(IReadOnlyList<TrajectoryMessage> messages)
    {
        row.Clear().Array();
        foreach (var message in messages)
        {
            row.Object();
            Add("content"u8, message.Content);
            Add("name"u8, message.Name);
            Add("reasoning_content"u8, message.ReasoningContent);
            Add("role"u8, message.Role);
            Add("tool_call_id"u8, message.ToolCallId);
            if (message.ToolCalls is { } calls)
            {
                row.Name("tool_calls"u8).Array();
                foreach (var call in calls)
                {
                    row.Object().Name("function"u8).Object().Value("arguments"u8, call.Function.Arguments).Text("name"u8, call.Function.Name).EndObject()
                        .Text("id"u8, call.Id).Text("type"u8, call.Type).EndObject();
                }

                row.EndArray();
            }

            row.Flag("train"u8, message.Train).EndObject();
        }

        return row.EndArray().ToString();
    }

    private void Add(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            row.Text(name, value);
        }
    }
}
