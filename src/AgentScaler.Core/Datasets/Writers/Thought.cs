namespace AgentScaler.Datasets.Writers;

/// <summary>Reasoning within text, as Qwen's templates and those who follow them mark it.</summary>
internal static class Thought
{
    private const string Start = "<think>";
    private const string End = "</think>";

    /// <summary>What stands before the text of a message: its reasoning between marks, or nothing. Reasoning that holds the marks itself is left out, and reported.</summary>
    public static string Before(string id, ConversationTurn turn, ExportLosses losses)
    {
        if (turn.Message.ReasoningContent is not { } reasoning)
        {
            return string.Empty;
        }

        if (!reasoning.Contains(Start, StringComparison.Ordinal) && !reasoning.Contains(End, StringComparison.Ordinal))
        {
            return $"{Start}\n{reasoning}\n{End}\n\n";
        }

        losses.Part(id, ExportReasons.Reasoning, $"$.messages[{turn.Index}].reasoning_content");
        return string.Empty;
    }
}
