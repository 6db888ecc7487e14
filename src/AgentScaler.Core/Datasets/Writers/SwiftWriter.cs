using System.Text.Json;

namespace AgentScaler.Datasets.Writers;

/// <summary>
/// ms-swift's agent format: <c>tools</c>, a JSON text; messages of <c>role</c>, <c>content</c> and <c>loss</c>, where each call is a <c>tool_call</c> and each result a <c>tool_response</c>,
/// both JSON texts. Text and reasoning (in <c>&lt;think&gt;</c>) of a calling message are an <c>assistant</c> message before its calls: it joins them again.
/// </summary>
internal sealed class SwiftWriter(Stream target, ExportLosses losses) : TrajectoryLineWriter(target, losses)
{
    private readonly ToolListText tools = ToolListText.Nested();
    private readonly JsonRow json = new();

    /// <inheritdoc/>
    protected override bool Write(string id, Trajectory trajectory, IReadOnlyList<ConversationTurn> turns, JsonRow row)
    {
        row.Object().Name("tools"u8).Embed(tools.Of(trajectory.Tools)).Name("messages"u8).Array();
        foreach (var turn in turns)
        {
            WriteTurn(id, turn, row);
        }

        row.EndArray().EndObject();
        return true;
    }

    private void WriteTurn(string id, ConversationTurn turn, JsonRow row)
    {
        var message = turn.Message;
        if (message.Role != "assistant")
        {
            row.Object().Text("role"u8, message.Role).Text("content"u8, message.Content ?? string.Empty).EndObject();
            return;
        }

        var text = Thought.Before(id, turn, Losses) + message.Content;
        if (!string.IsNullOrWhiteSpace(text))
        {
            row.Object().Text("role"u8, "assistant").Text("content"u8, text).Flag("loss"u8, message.Train).EndObject();
        }

        foreach (var call in message.ToolCalls ?? [])
        {
            json.Clear().Object().Text("name"u8, call.Function.Name).Value("arguments"u8, call.Function.Arguments).EndObject();
            row.Object().Text("role"u8, "tool_call").Name("content"u8).Embed(json.Written).Flag("loss"u8, message.Train).EndObject();
        }

        foreach (var result in turn.Results)
        {
            row.Object().Text("role"u8, "tool_response").Name("content"u8);
            if (IsJson(result.Content!))
            {
                row.Text(result.Content);
            }
            else
            {
                Losses.Part(id, ExportReasons.PlainResult, $"$.messages[{turn.Index}].tool_calls");
                row.Embed(json.Clear().Text(result.Content).Written);
            }

            row.EndObject();
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
