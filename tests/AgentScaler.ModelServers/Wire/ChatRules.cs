using System.Text.RegularExpressions;
using AgentScaler.ModelServers.Chat;

namespace AgentScaler.ModelServers.Wire;

/// <summary>What OpenAI's endpoint demands of a conversation beyond its form.</summary>
internal static partial class ChatRules
{
    private static readonly HashSet<string> Roles = new(StringComparer.Ordinal) { "system", "developer", "user", "assistant", "tool" };

    /// <exception cref="ApiException">A rule is broken.</exception>
    public static void Check(ChatRequest request)
    {
        CheckTurns(request.Messages);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tool in request.Tools)
        {
            Demand(ToolName().IsMatch(tool.Name), "tools", $"Invalid 'tools[].function.name': '{tool.Name}' does not match '^[a-zA-Z0-9_-]{{1,64}}$'.");
            Demand(names.Add(tool.Name), "tools", $"Tool names must be unique: '{tool.Name}'.");
            if (tool is { Strict: true, Parameters: { } parameters })
            {
                StrictSchema.Check(parameters, $"function '{tool.Name}'", "tools");
            }
        }

        Demand(request.Tools.Count > 0 || request.ToolChoice is null, "tool_choice", "'tool_choice' is only allowed when 'tools' are specified.");
        Demand(request.Tools.Count > 0 || request.ParallelToolCalls is null, "parallel_tool_calls", "'parallel_tool_calls' is only allowed when 'tools' are specified.");
        Demand(request.ToolChoice is null or "auto" or "none" or "required" || names.Contains(request.ToolChoice), "tool_choice", $"Tool choice '{request.ToolChoice}' not found in 'tools' parameter.");
        Demand(
            request.ResponseFormat is not "json_object" || request.Messages.Any(m => m.Content?.Contains("json", StringComparison.OrdinalIgnoreCase) ?? false),
            "messages",
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.");
        Demand(request.ResponseFormat is not "json_schema" || request.ResponseSchema is not null, "response_format.json_schema", "Missing required parameter: 'response_format.json_schema.schema'.");
        if (request is { ResponseStrict: true, ResponseSchema: { } schema })
        {
            StrictSchema.Check(schema, "response_format", "response_format");
        }

        Demand(request.Temperature is null or (>= 0 and <= 2), "temperature", "Invalid 'temperature': it must lie in 0..2.");
    }

    private static void CheckTurns(IReadOnlyList<ChatTurn> turns)
    {
        Demand(turns.Count > 0, "messages", "Invalid 'messages': empty array.");
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var turn in turns)
        {
            Demand(Roles.Contains(turn.Role), "messages", $"Invalid value for a role: '{turn.Role}'.");
            if (turn.Role is "tool")
            {
                Demand(
                    turn.ToolCallId is not null && open.Remove(turn.ToolCallId),
                    "messages",
                    $"messages with role 'tool' must be a response to a preceding message with 'tool_calls': '{turn.ToolCallId}'.");
                continue;
            }

            DemandAnswered(open);
            Demand(turn.Role is "assistant" || turn.ToolCalls.Count == 0, "messages", "only messages with role 'assistant' have 'tool_calls'.");
            Demand(turn.Content is not null || turn.ToolCalls.Count > 0, "messages", $"Invalid content of a message with role '{turn.Role}': expected a string, got null.");
            foreach (var call in turn.ToolCalls)
            {
                Demand(open.Add(call.Id), "messages", $"Duplicate value for 'tool_call_id': '{call.Id}'.");
            }
        }

        DemandAnswered(open);
    }

    private static void DemandAnswered(HashSet<string> open) => Demand(
        open.Count == 0,
        "messages",
        $"An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. These had no response: {string.Join(", ", open)}.");

    private static void Demand(bool kept, string param, string message)
    {
        if (!kept)
        {
            throw ApiException.BadRequest(message, param);
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex ToolName();
}
