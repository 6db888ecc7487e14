using System.Text.Json;

namespace AgentScaler.Datasets.Writers;

/// <summary>Lists of a record have no null in them; the serialiser looks at members only.</summary>
internal static class RecordLists
{
    /// <summary>Checks a record of any kind.</summary>
    /// <exception cref="JsonException">A list has a null; its path is the exception's.</exception>
    public static void Check<TRecord>(TRecord record)
    {
        switch (record)
        {
            case Trajectory trajectory:
                Messages(trajectory.Messages, "$.messages");
                Items(trajectory.Tools, "$.tools");
                break;
            case PreferencePair pair:
                Messages(pair.Prompt, "$.prompt");
                Messages(pair.Preferred, "$.preferred");
                Messages(pair.NonPreferred, "$.non_preferred");
                Items(pair.Tools, "$.tools");
                break;
            case DatasetTask task:
                Messages(task.Prompt, "$.prompt");
                Items(task.Tools, "$.tools");
                Items(task.Gold.InitialChanges, "$.gold.initial_changes");
                Items(task.Gold.Calls, "$.gold.calls");
                Items(task.Gold.RequiredOutputs, "$.gold.required_outputs");
                break;
        }
    }

    private static void Messages(IReadOnlyList<TrajectoryMessage> messages, string path)
    {
        Items(messages, path);
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].ToolCalls is { } calls)
            {
                Items(calls, path, i);
            }
        }
    }

    private static void Items<T>(IReadOnlyList<T> items, string path, int? message = null)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is null)
            {
                throw new JsonException("expected a value, found null", message is null ? $"{path}[{i}]" : $"{path}[{message}].tool_calls[{i}]", null, null);
            }
        }
    }
}
