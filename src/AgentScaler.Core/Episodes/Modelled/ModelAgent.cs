using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Models;
using AgentScaler.Models.Prompts;
using Microsoft.Extensions.AI;

namespace AgentScaler.Episodes.Modelled;

/// <summary>An agent that is a model: sees policy, conversation, own calls and their results; goes by the transcript alone.</summary>
internal sealed class ModelAgent(ModelParty party, EnvironmentPackage package) : IAgent
{
    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    private readonly bool isHermes = party.Model.Settings.ToolCalls == ToolCallForm.Hermes;
    private readonly IReadOnlyList<AITool> tools = AgentTools.Of(package.Tools);

    /// <summary>The prompts, by the settings of its model.</summary>
    public static IReadOnlyList<Prompt> Prompts(ModelSettings settings) =>
        settings.ToolCalls == ToolCallForm.Hermes ? [Prompt.Load("agent"), Prompt.Load("agent-tools")] : [Prompt.Load("agent")];

    /// <inheritdoc/>
    public async ValueTask<AgentTurn> ActAsync(IReadOnlyList<EpisodeMessage> transcript, CancellationToken cancellationToken)
    {
        var messages = new List<ChatMessage>(transcript.Count) { new(ChatRole.System, System(transcript[0].Content!)) };
        messages.AddRange(transcript.Skip(1).Select(Message));
        var (turn, usage) = await party.AskAsync(messages, isHermes ? null : tools, Read, cancellationToken);
        return turn with { Usage = usage };
    }

    /// <inheritdoc/>
    public ValueTask RecallAsync(IReadOnlyList<EpisodeMessage> transcript, AgentTurn turn, CancellationToken cancellationToken)
    {
        party.Recall(turn.Usage);
        return ValueTask.CompletedTask;
    }

    private string System(string policy)
    {
        var system = Prompt.Load("agent").Fill(("policy", policy));
        return isHermes ? $"{system}\n\n{Prompt.Load("agent-tools").Fill(("tools", HermesCalls.Describe(package.Tools)))}" : system;
    }

    private ChatMessage Message(EpisodeMessage message) => message switch
    {
        { Role: "user" } => new ChatMessage(ChatRole.User, message.Content),
        { Role: "tool" } => isHermes
            ? new ChatMessage(ChatRole.User, HermesCalls.WriteResult(message.Content!))
            : new ChatMessage(ChatRole.Tool, [new FunctionResultContent(message.ToolCallId!, message.Content)]),
        { ToolCalls: { } calls } when isHermes => new ChatMessage(
            ChatRole.Assistant, string.Join('\n', calls.Select(HermesCalls.Write).Prepend(message.Content).Where(part => part is not null))),
        _ => new ChatMessage(
            ChatRole.Assistant,
            [
                .. message.Content is { } text ? [new TextContent(text)] : Array.Empty<AIContent>(),
                .. (message.ToolCalls ?? []).Select(call => new FunctionCallContent(call.Id, call.Name, Arguments(call.Arguments))),
            ]),
    };

    /// <summary>Arguments as the API takes them; text that was no JSON is shown as the value of a name that says so.</summary>
    private static Dictionary<string, object?> Arguments(JsonElement arguments) => arguments.ValueKind == JsonValueKind.Object
        ? arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value, StringComparer.Ordinal)
        : new Dictionary<string, object?>(StringComparer.Ordinal) { ["malformed_arguments"] = arguments };

    private static (AgentTurn? Value, string? Fault) Read(ModelReply reply)
    {
        if (ModelParty.FaultOf(reply) is { } fault && reply.Refusal is null)
        {
            return (null, fault);
        }

        var (text, reasoning) = ReasoningText.Split(reply.Text ?? reply.Refusal, reply.Reasoning);
        IReadOnlyList<ModelToolCall> calls = reply.Calls ?? [];
        if (calls.Count == 0 && text is { } said)
        {
            // Also where calls have fields of their own: servers without a parser for the model leave them in the text.
            (text, calls) = HermesCalls.Take(said);
        }

        return text is null && calls.Count == 0
            ? (null, "it says nothing beside its reasoning")
            : (new AgentTurn(text, [.. calls.Select(call => new AgentCall(call.Name, Parse(call.Arguments)))], reasoning), null);
    }

    /// <summary>Arguments as an object; what is none, names an argument twice or holds text that is none (half a surrogate pair) is a JSON string of what was written.</summary>
    private static JsonElement Parse(string text)
    {
        try
        {
            var value = JsonElement.Parse(string.IsNullOrWhiteSpace(text) ? "{}" : text, NoDuplicates);
            return value.ValueKind == JsonValueKind.Object ? JsonSerializer.SerializeToElement(value) : JsonSerializer.SerializeToElement(text);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }
}
