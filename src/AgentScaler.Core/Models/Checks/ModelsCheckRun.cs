using System.Text.Json;
using AgentScaler.Datasets;
using AgentScaler.Models.Clients;
using AgentScaler.Models.Spending;
using AgentScaler.Models.Structured;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Checks;

/// <summary>Tries each role's model with one cheap call of the kind the role needs: tool calls for the agent, structured output for builder and judge, words for the user, vectors for embedding.</summary>
/// <param name="settings">The roles that are models'.</param>
/// <param name="endpointOf">Where a role's model is reached.</param>
public sealed class ModelsCheckRun(ModelHost host, ModelsSettings settings, Func<ModelRole, ModelEndpoint> endpointOf, TimeProvider clock)
{
    private static readonly JsonElement CitySchema = JsonElement.Parse(
        """{"type":"object","properties":{"city":{"type":"string","minLength":1}},"required":["city"],"additionalProperties":false}""");

    /// <summary>Fewer tokens hold no episode with its policy, tools and results.</summary>
    private const long LeastContext = 16_000;

    /// <summary>Checks all roles that are models', in the order of the pipeline.</summary>
    /// <param name="progress">Told before each role how many are checked; or null.</param>
    public async Task<IReadOnlyList<RoleCheck>> RunAsync(IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        var checks = new List<RoleCheck>();
        var roles = ModelRoles.All.Where(role => settings.NameOf(role) is not null).ToList();
        foreach (var role in roles)
        {
            progress?.Report(new CountProgress(checks.Count, roles.Count, $"roles checked, {role.Name()} under way"));
            checks.Add(await CheckAsync(role, settings.NameOf(role)!, endpointOf(role), cancellationToken));
        }

        return checks;
    }

    private async Task<RoleCheck> CheckAsync(ModelRole role, string model, ModelEndpoint endpoint, CancellationToken cancellationToken)
    {
        var ledger = SpendLedger.Uncovered(clock);
        var started = clock.GetTimestamp();

        // One attempt: whoever checks wants to know what happens, not what happens after five minutes.
        ModelEndpoint Once(ModelRole _) => endpoint with { Attempts = 1 };
        RoleCheck check;
        try
        {
            var models = host.OpenUnkept(Only(role), Once, ledger);
            var (works, found, advice) = role switch
            {
                ModelRole.Agent => await CallToolAsync(models.Of(role)!, cancellationToken),
                ModelRole.Builder or ModelRole.Judge => await AskStructuredAsync(models.Of(role)!, cancellationToken),
                ModelRole.Embedding => await EmbedAsync(models.Embeddings!, cancellationToken),
                _ => await TalkAsync(models.Of(role)!, cancellationToken),
            };
            check = new RoleCheck(role.Name(), model, endpoint.Address, works, found, advice);
        }
        catch (ModelException e)
        {
            check = new RoleCheck(role.Name(), model, endpoint.Address, false, e.Message, AdviceFor(e.Fault, role, endpoint));
        }

        var context = check.Works ? await host.ContextOfAsync(role, model, endpoint, cancellationToken) : null;
        return check with
        {
            Seconds = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3),
            Tokens = ledger.Total.Tokens,
            Usd = ledger.Total.Usd,
            ContextTokens = context,
            Advice = check.Advice ?? (context < LeastContext
                ? $"its context of {context} tokens is short for episodes; serve it with at least {LeastContext}"
                : endpoint is { InputPrice: 0, OutputPrice: 0 } ? $"no price is set: a budget in USD holds nothing back (operations.models.endpoints.{role.Name()}.inputPrice, outputPrice)" : null),
        };
    }

    private ModelsSettings Only(ModelRole role) => new()
    {
        Builder = role == ModelRole.Builder ? settings.Builder : null,
        User = role == ModelRole.User ? settings.User : null,
        Agent = role == ModelRole.Agent ? settings.Agent : null,
        Judge = role == ModelRole.Judge ? settings.Judge : null,
        Embedding = role == ModelRole.Embedding ? settings.Embedding : null,
    };

    private static async Task<(bool, string, string?)> CallToolAsync(RoleModel model, CancellationToken cancellationToken)
    {
        if (model.Settings.ToolCalls == ToolCallForm.Hermes)
        {
            return await TalkAsync(model, cancellationToken);
        }

        var tool = AIFunctionFactory.CreateDeclaration("get_weather", "The weather in a city now.", CitySchema);
        var reply = await model.AskAsync([new ChatMessage(ChatRole.User, "What is the weather in Oslo? Use the tool.")], default, [tool], cancellationToken: cancellationToken);
        var call = reply.Calls?.FirstOrDefault(call => call.Name == "get_weather");
        return call is null
            ? (false, $"answers without calling a tool: {Excerpt(reply)}", "choose a model that calls tools, have the server parse its calls (vLLM: --enable-auto-tool-choice --tool-call-parser), or set identity.models.agent.toolCalls to 'hermes'")
            : ReplyJson.Find(call.Arguments) is { } arguments && Json.JsonSchema.Compile(CitySchema).IsValid(arguments)
                ? (true, "calls tools", null)
                : (false, $"calls tools with arguments that don't fit: {call.Arguments}", "choose another model or another parser of tool calls");
    }

    private static async Task<(bool, string, string?)> AskStructuredAsync(RoleModel model, CancellationToken cancellationToken)
    {
        var reply = await new StructuredModel(model).AskAsync(
            new StructuredQuestion<CityAnswer> { Name = "capital", System = "You answer questions.", Text = "What is the capital of Norway?", Schema = CitySchema }, cancellationToken);
        return reply.Value is not null
            ? (true, $"gives structured output ({reply.Usage.Requests} {(reply.Usage.Requests == 1 ? "request" : "requests")})", null)
            : (false, $"gives no structured output: {reply.Fault}", "choose a larger model, or an endpoint that takes response_format json_schema");
    }

    private static async Task<(bool, string, string?)> TalkAsync(RoleModel model, CancellationToken cancellationToken)
    {
        var reply = await model.AskAsync([new ChatMessage(ChatRole.User, "Say the word 'ready' and nothing else.")], default, cancellationToken: cancellationToken);
        return ReplyFault.Of(reply) is { } fault
            ? (false, $"no usable answer: {fault}", "give it more maximumOutputTokens, or choose another model")
            : (true, "answers", null);
    }

    private static async Task<(bool, string, string?)> EmbedAsync(RoleEmbeddings embeddings, CancellationToken cancellationToken)
    {
        var vectors = await embeddings.EmbedAsync(["city: string", "amount: number"], cancellationToken);
        return (true, $"embeds in {vectors[0].Length} dimensions", null);
    }

    private static string? AdviceFor(ModelFault fault, ModelRole role, ModelEndpoint endpoint) => fault switch
    {
        ModelFault.Misconfigured when endpoint.Identity => "sign in (az login), and give the identity the role 'Cognitive Services OpenAI User'",
        ModelFault.Misconfigured => $"set the environment variable {endpoint.KeyVariable} to the endpoint's key, and see that model and address are right (operations.models.endpoints.{role.Name()})",
        ModelFault.Unavailable => $"see that the endpoint runs at {endpoint.Address}; local servers: 'ollama serve', 'vllm serve MODEL'",
        ModelFault.Throttled => "wait, or lower concurrency, requestsPerMinute and tokensPerMinute",
        ModelFault.BrokenAnswer => "see that the address is that of an OpenAI-compatible API, up to and with /v1",
        ModelFault.Rejected => $"the endpoint does not take the request: see identity.models.{role.Name()} (temperature, reasoning, maximumOutputTokens) and outputLimit",
        _ => null,
    };

    private static string Excerpt(ModelReply reply) => reply.Text is not { } text ? "(nothing)" : text.Length <= 80 ? text : text[..80] + "...";

    private sealed record CityAnswer(string City);
}
