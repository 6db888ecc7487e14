using AgentScaler.Models;
using AgentScaler.Models.Structured;
using Microsoft.Extensions.AI;

namespace AgentScaler.Episodes.Modelled;

/// <summary>A party of one episode that is a model: numbers its calls, and asks again for replies that can't be used.</summary>
/// <param name="model">The model.</param>
/// <param name="trial">0-based trial of the task.</param>
/// <param name="samplingSeed">What the endpoint is asked to sample by.</param>
internal sealed class ModelParty(RoleModel model, int trial, long samplingSeed)
{
    private int asked;

    /// <summary>The model.</summary>
    public RoleModel Model => model;

    /// <summary>Takes note of replies that were asked for before the episode was broken off.</summary>
    public void Recall(ModelUsage? usage) => asked += usage?.Requests ?? 0;

    /// <summary>Asks until a reply can be used, as often as the role's settings allow.</summary>
    /// <param name="read">Makes what is wanted of a reply, or says what is wrong with it.</param>
    /// <exception cref="PartyFailedException">No reply can be used, or the endpoint refuses the request.</exception>
    public async Task<(T Value, ModelUsage Usage)> AskAsync<T>(
        IReadOnlyList<ChatMessage> messages, IReadOnlyList<AITool>? tools, Func<ModelReply, (T? Value, string? Fault)> read, CancellationToken cancellationToken)
        where T : class
    {
        var usage = ModelUsage.None;
        for (var attempt = 0; ; attempt++)
        {
            ModelReply reply;
            try
            {
                reply = await model.AskAsync(messages, new ModelCall(trial, asked, samplingSeed), tools, cancellationToken: cancellationToken);
            }
            catch (ModelException e) when (e.Fault == ModelFault.Rejected)
            {
                // Not the endpoint's words: they name addresses and requests, and data must not depend on those.
                throw new PartyFailedException($"{model.Role.Name()} {model.Settings.Model}: the endpoint refuses the request", usage);
            }

            asked++;
            usage += reply.Usage;
            var (value, fault) = read(reply);
            if (value is not null)
            {
                return (value, usage);
            }

            if (attempt >= model.Settings.SemanticRetries)
            {
                throw new PartyFailedException($"{model.Role.Name()} {model.Settings.Model}, {attempt + 1} replies: {fault}", usage);
            }
        }
    }

    /// <summary>What is wrong with a reply that says nothing and calls nothing, or was cut off; null if nothing is.</summary>
    public static string? FaultOf(ModelReply reply) => reply.Calls is { Count: > 0 } ? ReplyFault.OfEnd(reply) : ReplyFault.Of(reply);
}
