namespace AgentScaler.Datasets.Writers;

/// <summary>What every reinforcement learner wants of a prompt: system and user messages with text, the user's last.</summary>
internal static class TaskPrompt
{
    /// <summary>Whether a task's prompt is one; if not, the reason is reported.</summary>
    public static bool IsSound(DatasetTask task, ExportLosses losses)
    {
        for (var i = 0; i < task.Prompt.Count; i++)
        {
            if (task.Prompt[i].Role is not ("system" or "user"))
            {
                return losses.Row(task.Task, ExportReasons.RoleOrder, $"$.prompt[{i}].role");
            }

            if (string.IsNullOrWhiteSpace(task.Prompt[i].Content))
            {
                return losses.Row(task.Task, ExportReasons.EmptyMessage, $"$.prompt[{i}].content");
            }
        }

        return task.Prompt is [.., { Role: "user" }] || losses.Row(task.Task, ExportReasons.RoleOrder, "$.prompt");
    }
}
