using System.Text.Json;
using AgentScaler.Json;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Structured;

/// <summary>
/// Asks a role's model for structured output. An answer that is no JSON, does not fit the schema or fails the check is told back with what is wrong, as often as the role's
/// <see cref="ModelSettings.SemanticRetries"/> allows. An endpoint that takes no schemas is asked in words alone.
/// </summary>
public sealed class StructuredModel(RoleModel model)
{
    private const int MostErrors = 20;
    private const int LongestEcho = 20_000;

    /// <summary>Asks a question.</summary>
    /// <returns>The answer, or why there is none. Never an exception for what a model says.</returns>
    /// <exception cref="ModelException">The endpoint gave no reply.</exception>
    /// <exception cref="BudgetSpentException">The campaign may spend no more.</exception>
    public async Task<StructuredReply<T>> AskAsync<T>(StructuredQuestion<T> question, CancellationToken cancellationToken)
        where T : class
    {
        var schema = JsonSchema.Compile(question.Schema);
        var format = ChatResponseFormat.ForJsonSchema(question.Schema, question.Name);
        var messages = new List<ChatMessage>
        {
            new(ChatRole.System, $"{question.System}\n\nAnswer with one JSON value and nothing else. It must fit this JSON Schema:\n{question.Schema.GetRawText()}"),
            new(ChatRole.User, question.Text),
        };
        var usage = ModelUsage.None;
        for (var attempt = 0; ; attempt++)
        {
            ModelReply reply;
            var call = new ModelCall(question.Trial, attempt);
            try
            {
                reply = await model.AskAsync(messages, call, format: format, cancellationToken: cancellationToken);
            }
            catch (ModelException e) when (e.Fault is ModelFault.Rejected or ModelFault.NotKept && format is not null)
            {
                // Not every endpoint takes schemas; the words say the same.
                format = null;
                reply = await model.AskAsync(messages, call, cancellationToken: cancellationToken);
            }

            usage += reply.Usage;
            var (value, faults) = Read(question, schema, reply);
            if (value is not null)
            {
                return new StructuredReply<T>(value, null, usage);
            }

            if (attempt >= model.Settings.SemanticRetries)
            {
                return new StructuredReply<T>(null, string.Join("; ", faults), usage);
            }

            messages.Add(new ChatMessage(ChatRole.Assistant, Echo(reply.Text)));
            messages.Add(new ChatMessage(ChatRole.User, $"That can't be used:\n{string.Join('\n', faults.Select(fault => "- " + fault))}\nAnswer again, whole, as JSON only."));
        }
    }

    private static (T? Value, IReadOnlyList<string> Faults) Read<T>(StructuredQuestion<T> question, JsonSchema schema, ModelReply reply)
        where T : class
    {
        if (ReplyFault.Of(reply) is { } fault)
        {
            return (null, [fault]);
        }

        if (ReplyJson.Find(reply.Text!) is not { } json)
        {
            return (null, ["there is no whole JSON value in it"]);
        }

        var errors = schema.Validate(json);
        if (errors.Count > 0)
        {
            return (null, [.. errors.Take(MostErrors).Select(error => error.ToString())]);
        }

        try
        {
            var value = json.Deserialize<T>(ArtifactJson.Options)!;
            var faults = question.Check(value);
            return faults.Count == 0 ? (value, faults) : (null, [.. faults.Take(MostErrors)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter for half a surrogate pair, which is valid JSON but no text.
            return (null, [e.Message]);
        }
    }

    private static string Echo(string? text) => text is null ? "(nothing)" : text.Length <= LongestEcho ? text : text[..LongestEcho] + "...";
}
