using System.Globalization;
using AgentScaler.Models;
using AgentScaler.Models.Prompts;
using AgentScaler.Tasks;
using Microsoft.Extensions.AI;

namespace AgentScaler.Episodes.Modelled;

/// <summary>A user who is a model: holds the intent and its facts, sees what is said to it; goes by the conversation alone.</summary>
internal sealed class ModelUser(ModelParty party, TaskSpec task) : IUser
{
    /// <summary>What the assistant is taken to have said first, so that the user's model has something to answer.</summary>
    private const string Greeting = "Hello! How can I help you today?";

    /// <summary>The prompt.</summary>
    public static Prompt Prompt => Prompt.Load("user");

    /// <inheritdoc/>
    public async ValueTask<UserTurn> SpeakAsync(IReadOnlyList<EpisodeMessage> conversation, CancellationToken cancellationToken)
    {
        var messages = new List<ChatMessage>(conversation.Count + 2) { new(ChatRole.System, System()), new(ChatRole.User, Greeting) };
        messages.AddRange(conversation.Select(message => new ChatMessage(message.Role == "user" ? ChatRole.Assistant : ChatRole.User, message.Content)));
        var (said, usage) = await party.AskAsync(messages, null, Read, cancellationToken);
        return new UserTurn(said, usage);
    }

    /// <inheritdoc/>
    public ValueTask RecallAsync(IReadOnlyList<EpisodeMessage> conversation, UserTurn said, CancellationToken cancellationToken)
    {
        party.Recall(said.Usage);
        return ValueTask.CompletedTask;
    }

    private string System() => Prompt.Fill(
        ("requests", string.Join('\n', task.Requests.Select((request, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {request.Text}{Note(request)}")))),
        ("stop", StopMarkers.Stop),
        ("transfer", StopMarkers.Transfer),
        ("out-of-scope", StopMarkers.OutOfScope));

    /// <summary>What the user knows, or does not, beside the request's words.</summary>
    private static string Note(UserRequest request) => request.Abstention switch
    {
        { Withheld: { Facts.Count: > 0 } withheld } => $" (You leave out the {withheld.Name}: do not mention it by yourself. Only when you are asked for it, say: {withheld.Answer})",
        { Withheld: { } withheld } => $" (You do not know the {withheld.Name} and do not give any. When you are asked for it, say: {withheld.Answer})",
        not null => " (If you are told that this can't be done, accept that.)",
        null => "",
    };

    private static (string? Value, string? Fault) Read(ModelReply reply)
    {
        if (ModelParty.FaultOf(reply) is { } fault)
        {
            return (null, fault);
        }

        var (text, _) = ReasoningText.Split(reply.Text, null);
        return text is null ? (null, "it says nothing beside its reasoning") : (text, null);
    }
}
