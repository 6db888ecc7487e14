namespace AgentScaler.Datasets.Writers;

/// <summary>
/// Reads messages as turns: system first if at all, then user and assistant in turn; an assistant that calls is followed by one result for each
/// call, and then speaks again.
/// </summary>
internal sealed class ConversationTurns
{
    private readonly List<ConversationTurn> turns = [];

    /// <summary>The turns of the last reading.</summary>
    public IReadOnlyList<ConversationTurn> All => turns;

    /// <summary>Reads a whole conversation, or its beginning.</summary>
    /// <param name="path">What places are called, e.g. <c>$.messages</c>.</param>
    /// <returns>Why it is no conversation, and where; null if it is.</returns>
    public (string Reason, string Place)? Read(IReadOnlyList<TrajectoryMessage> messages, string path) => Read(messages, path, "system");

    /// <summary>Reads what an assistant does until the user's next message: assistant and tool messages only.</summary>
    /// <inheritdoc cref="Read(IReadOnlyList{TrajectoryMessage}, string)"/>
    public (string Reason, string Place)? ReadOutput(IReadOnlyList<TrajectoryMessage> messages, string path)
    {
        var fault = Read(messages, path, "assistant");
        return fault is null && turns.Exists(turn => turn.Message.Role != "assistant") ? (ExportReasons.RoleOrder, path) : fault;
    }

    private (string Reason, string Place)? Read(IReadOnlyList<TrajectoryMessage> messages, string path, string expected)
    {
        turns.Clear();
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.Role != expected && (expected != "system" || message.Role != "user"))
            {
                return (message.Role == "tool" ? ExportReasons.CallsAndResults : ExportReasons.RoleOrder, $"{path}[{i}]");
            }

            IReadOnlyList<TrajectoryMessage> results = [];
            var calls = message.ToolCalls ?? [];
            if (calls.Count == 0 && string.IsNullOrWhiteSpace(message.Content))
            {
                return (ExportReasons.EmptyMessage, $"{path}[{i}]");
            }

            if (calls.Count > 0 && (message.Role != "assistant" || (i + 1 < messages.Count && !TryMatch(messages, i + 1, calls, out results))))
            {
                return (ExportReasons.CallsAndResults, $"{path}[{i}].tool_calls");
            }

            turns.Add(new ConversationTurn(message, i, results));
            i += results.Count;
            expected = message.Role is "system" or "assistant" && calls.Count == 0 ? "user" : "assistant";
        }

        return turns.Count == 0 ? (ExportReasons.EmptyMessage, path) : null;
    }

    private static bool TryMatch(
        IReadOnlyList<TrajectoryMessage> messages, int start, IReadOnlyList<TrajectoryToolCall> calls, out IReadOnlyList<TrajectoryMessage> results)
    {
        var sorted = new TrajectoryMessage[calls.Count];
        results = sorted;
        if (start + calls.Count > messages.Count || calls.DistinctBy(call => call.Id, StringComparer.Ordinal).Count() < calls.Count)
        {
            return false;
        }

        for (var i = 0; i < calls.Count; i++)
        {
            var message = messages[start + i];
            var call = 0;
            while (call < calls.Count && calls[call].Id != message.ToolCallId)
            {
                call++;
            }

            if (message.Role != "tool" || call == calls.Count || sorted[call] is not null || message.Content is null || message.Name is null)
            {
                return false;
            }

            sorted[call] = message;
        }

        return true;
    }
}
