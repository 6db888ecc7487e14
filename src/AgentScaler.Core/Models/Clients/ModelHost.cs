using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using AgentScaler.Models.Replies;
using AgentScaler.Models.Spending;
using AgentScaler.Storage;
using AgentScaler.Telemetry;
using Microsoft.Extensions.AI;
using OpenAI;

namespace AgentScaler.Models.Clients;

/// <summary>
/// What all campaigns of a process share on their way to models: connections, and the gates of endpoints, so that limits hold for all of them together. There is one for a process.
/// </summary>
/// <param name="variable">The value of an environment variable, or null.</param>
/// <param name="identity">Signs in where an endpoint wants an Entra identity; null if there is none to sign in by.</param>
public sealed class ModelHost(TimeProvider clock, Func<string, string?> variable, AuthenticationTokenProvider? identity = null) : IDisposable
{
    private const string IdentityScope = "https://cognitiveservices.azure.com/.default";
    private const string NoKey = "none";

    /// <summary>More episodes at once would only hold memory.</summary>
    private const int MostEpisodes = 256;

    private readonly ConcurrentDictionary<(string Address, string Model), EndpointGate> gates = [];
    private readonly SocketsHttpHandler connections = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(10), AutomaticDecompression = System.Net.DecompressionMethods.All };

    /// <summary>The models of one campaign.</summary>
    /// <param name="endpointOf">Where a role's model is reached.</param>
    /// <param name="replies">Where replies are kept; null to keep none.</param>
    /// <exception cref="ModelException">An endpoint wants an identity, and there is none.</exception>
    public CampaignModels Open(
        ModelsSettings settings, Func<ModelRole, ModelEndpoint> endpointOf, ReplyMode mode, IArtifactStore? replies, SpendLedger ledger, BudgetGuard guard)
    {
        var roles = new List<RoleModel>();
        foreach (var role in ModelRoles.All)
        {
            if (settings.Of(role) is { } model)
            {
                var endpoint = endpointOf(role);
                var line = new SpendLine(ledger, role, model.Model, Prices.Of(endpoint));
                roles.Add(new RoleModel(role, model, Around(Connect(role, model.Model, endpoint), role, model.Model, endpoint, mode, replies, line, guard)));
            }
        }

        return new CampaignModels(roles, settings.Embedding is { } embedding ? Embeddings(embedding, endpointOf(ModelRole.Embedding), mode, replies, ledger, guard) : null)
        {
            EpisodesAtOnce = settings.Agent is null ? 1 : Math.Min(MostEpisodes, endpointOf(ModelRole.Agent).Concurrency),
        };
    }

    /// <summary>Models whose replies are not kept, without a budget, for calls of no campaign.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public CampaignModels OpenUnkept(ModelsSettings settings, Func<ModelRole, ModelEndpoint> endpointOf, SpendLedger ledger) =>
        Open(settings, endpointOf, ReplyMode.Off, null, ledger, new BudgetGuard(ledger, _ => ValueTask.FromResult(new Budget()), clock));

    /// <summary>Whether an endpoint answers, at no cost: asks it for its list of models.</summary>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="ModelException">It does not; the message says what came instead.</exception>
    public Task ReachAsync(string name, ModelEndpoint endpoint, CancellationToken cancellationToken) =>
        ConnectTo(name, endpoint).GetOpenAIModelClient().GetModelsAsync(new RequestOptions { CancellationToken = cancellationToken });

    /// <summary>The context of a model in tokens, where its endpoint lists it (vLLM, llama.cpp, LM Studio and others); else null.</summary>
    public async Task<long?> ContextOfAsync(ModelRole role, string model, ModelEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Client(role, model, endpoint).GetOpenAIModelClient().GetModelsAsync(new RequestOptions { CancellationToken = cancellationToken });
            return ModelContext.Read(answer.GetRawResponse().Content, endpoint.Deployment ?? model);
        }
        catch (Exception e) when (e is ModelException or ClientResultException or ArgumentException)
        {
            // Not every endpoint has this; what works has been seen to work.
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var gate in gates.Values)
        {
            gate.Dispose();
        }

        connections.Dispose();
    }

    /// <summary>From outside in: kept replies, spans, retries, gate, budget, ledger, endpoint.</summary>
    private IChatClient Around(
        IChatClient client, ModelRole role, string model, ModelEndpoint endpoint, ReplyMode mode, IArtifactStore? replies, SpendLine line, BudgetGuard guard)
    {
        var calls = new ChatClientBuilder(client)
            .Use(inner => new RetryClient(inner, TransportRetry.Create(endpoint.Attempts, line, clock)))
            .Use(inner => new GateClient(inner, GateOf(endpoint, model)))
            .Use(inner => new BudgetClient(inner, guard))
            .Use(inner => new LedgerClient(inner, line))
            .Build();
        var traced = new OpenTelemetryChatClient(calls, sourceName: PipelineTelemetry.Name);
        return replies is null || mode == ReplyMode.Off ? traced : new KeptReplyClient(traced, replies, mode, line);
    }

    private RoleEmbeddings Embeddings(EmbeddingModelSettings settings, ModelEndpoint endpoint, ReplyMode mode, IArtifactStore? replies, SpendLedger ledger, BudgetGuard guard)
    {
        var line = new SpendLine(ledger, ModelRole.Embedding, settings.Model, Prices.Of(endpoint));
        var generator = Client(ModelRole.Embedding, settings.Model, endpoint).GetEmbeddingClient(endpoint.Deployment ?? settings.Model).AsIEmbeddingGenerator(settings.Dimensions);
        var calls = new EmbeddingCalls(
            generator, settings, endpoint, mode, replies, TransportRetry.Create(endpoint.Attempts, line, clock), GateOf(endpoint, settings.Model), guard, line);
        return new RoleEmbeddings(settings, calls.EmbedAsync);
    }

    private IChatClient Connect(ModelRole role, string model, ModelEndpoint endpoint)
    {
        var name = endpoint.Deployment ?? model;
        return new OpenAIReplyClient(Client(role, model, endpoint).GetChatClient(name).AsIChatClient(), name, endpoint.OutputLimit);
    }

    private OpenAIClient Client(ModelRole role, string model, ModelEndpoint endpoint) => ConnectTo($"{role.Name()} {model}", endpoint);

    /// <param name="name">What errors call it: role and model.</param>
    private OpenAIClient ConnectTo(string name, ModelEndpoint endpoint)
    {
        var key = endpoint.Identity ? null : variable(endpoint.KeyVariable);
        var timeout = TimeSpan.FromSeconds(endpoint.TimeoutSeconds);
        var handler = new EndpointHandler($"{name} at {endpoint.Address}", timeout, new SecretMask(key is null ? [] : [key]), clock, new Shared(connections));
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint.Address,

            // The handler reads answers whole and in time, and retries are made around the gate.
            Transport = new HttpClientPipelineTransport(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }),
            NetworkTimeout = timeout + timeout,
            RetryPolicy = new ClientRetryPolicy(0),
        };
        if (!endpoint.Identity)
        {
            return new OpenAIClient(new ApiKeyCredential(key ?? NoKey), options);
        }

        var provider = identity ?? throw new ModelException(
            ModelFault.Misconfigured, $"{name} at {endpoint.Address}: operations.models.endpoints wants an identity, and there is none to sign in by");
#pragma warning disable OPENAI001 // The way to sign in by identity; the package marks it as new.
        return new OpenAIClient(new BearerTokenPolicy(new IdentityTokens(provider, $"{name} at {endpoint.Address}"), IdentityScope), options);
#pragma warning restore OPENAI001
    }

    /// <summary>The gate of an endpoint's model; its limits are the least that anybody named.</summary>
    private EndpointGate GateOf(ModelEndpoint endpoint, string model)
    {
        var gate = gates.GetOrAdd(
            (endpoint.Address.AbsoluteUri.TrimEnd('/'), endpoint.Deployment ?? model),
            _ => new EndpointGate(endpoint.Concurrency, endpoint.RequestsPerMinute, endpoint.TokensPerMinute, clock));
        gate.Tighten(endpoint.Concurrency, endpoint.RequestsPerMinute, endpoint.TokensPerMinute);
        return gate;
    }

    /// <summary>The shared connections, which one client's end must not end.</summary>
    private sealed class Shared(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override void Dispose(bool disposing)
        {
        }
    }
}
