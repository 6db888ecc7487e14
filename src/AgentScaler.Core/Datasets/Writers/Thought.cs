namespace AgentScaler.Datasets.Writers;

/// <summary>Reasoning within text, as Qwen's templates and those who follow them mark it.</summary>
internal static class Thought
{
    /// <summary>What stands before the text of a message: its reasoning between marks, or nothing.</summary>
    public static string Before(string? reasoning) => reasoning is null ? string.Empty : $"<think>\n{reasoning}\n</think>\n\n";
}
