using System.Text.Json;

namespace AgentScaler.Datasets.Writers;

/// <summary>
/// What every reinforcement learner wants of a task: a prompt of user messages with text, a system message before them if at all; each tool once; a ground truth that
/// calls these tools.
/// </summary>
internal static class LearnableTask
{
    /// <summary>Whether a task is one; if not, the reason is reported.</summary>
    public static bool IsSound(DatasetTask task, ExportLosses losses)
    {
        for (var i = 0; i < task.Prompt.Count; i++)
        {
            if (task.Prompt[i].Role != "user" && (task.Prompt[i].Role != "system" || i > 0))
            {
                return losses.Row(task.Task, ExportReasons.RoleOrder, $"$.prompt[{i}].role");
            }

            if (string.IsNullOrWhiteSpace(task.Prompt[i].Content))
            {
                return losses.Row(task.Task, ExportReasons.EmptyMessage, $"$.prompt[{i}].content");
            }
        }

        if (task.Prompt is not [.., { Role: "user" }])
        {
            return losses.Row(task.Task, ExportReasons.RoleOrder, "$.prompt");
        }

        return ToolListText.FaultOf(task.Tools) is { } fault
            ? losses.Row(task.Task, fault.Reason, fault.Place)
            : HasGold(task, losses);
    }

    private static bool HasGold(DatasetTask task, ExportLosses losses)
    {
        if (task.Gold.Calls.Count == 0)
        {
            return losses.Row(task.Task, ExportReasons.GoldCalls, "$.gold.calls");
        }

        var tools = task.Tools.Select(tool => tool.Function.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < task.Gold.Calls.Count; i++)
        {
            if (!tools.Contains(task.Gold.Calls[i].Name))
            {
                return losses.Row(task.Task, ExportReasons.GoldCalls, $"$.gold.calls[{i}].name");
            }

            if (task.Gold.Calls[i].Arguments.ValueKind != JsonValueKind.Object)
            {
                return losses.Row(task.Task, ExportReasons.GoldCalls, $"$.gold.calls[{i}].arguments");
            }
        }

        return true;
    }
}
