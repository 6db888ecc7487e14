using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>The canonical record's own messages and tools.</summary>
internal static class ConversationRules
{
    /// <summary>Checks a conversation and its calls against its tools.</summary>
    /// <param name="messages">A list.</param>
    /// <param name="tools">A list.</param>
    public static void Check(JsonElement messages, JsonElement tools, ToolSchemas schemas, RowExpectations expect)
    {
        var check = new ConversationCheck(schemas.Of(tools, expect.Fail), expect.Fail);
        var position = 0;
        foreach (var message in messages.EnumerateArray())
        {
            check.Next(message, $"$.messages[{position++}]");
        }

        check.End("$.messages");
    }
}
