namespace AgentScaler.Models;

/// <summary>How a model writes its tool calls.</summary>
public enum ToolCallForm
{
    /// <summary>In the fields of the chat completions API (<c>tools</c>, <c>tool_calls</c>).</summary>
    Native,

    /// <summary>As text, <c>&lt;tool_call&gt;{"name", "arguments"}&lt;/tool_call&gt;</c>: for endpoints that know no tools.</summary>
    Hermes,
}
