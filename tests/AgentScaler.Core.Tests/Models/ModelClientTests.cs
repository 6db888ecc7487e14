using AgentScaler.Core.Tests.Storage;
using AgentScaler.Models;
using AgentScaler.Models.Clients;
using AgentScaler.Models.Spending;
using AgentScaler.ModelServers;
using AgentScaler.ModelServers.Chat;
using AgentScaler.ModelServers.Faults;
using AgentScaler.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using ChatAnswer = AgentScaler.ModelServers.Chat.ChatAnswer;

namespace AgentScaler.Core.Tests.Models;

/// <summary>All that stands around a model, against a server of this machine.</summary>
public sealed class ModelClientTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FolderArtifactStore artifacts;
    private readonly SqliteStateStore state;
    private readonly ModelHost host = new(TimeProvider.System, _ => null);

    public ModelClientTests()
    {
        artifacts = new FolderArtifactStore(folder.File("artifacts"));
        state = new SqliteStateStore(folder.File("state.db"));
    }

    public void Dispose()
    {
        host.Dispose();
        state.Dispose();
        artifacts.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Ask_TextReasoningAndCalls_ComeAsTheyWereSent()
    {
        ChatRequest? seen = null;
        await using var server = await ChatServer.StartAsync(new ChatServerOptions
        {
            Brain = (request, _) =>
            {
                seen = request;
                return ValueTask.FromResult(new ChatAnswer { Content = "Looking.", Reasoning = "Hm.", ToolCalls = [new("c1", "find", """{"id": 1.50}"""), new("c2", "find", """{"id": """)] });
            },
        });
        var (agent, ledger) = await OpenAsync(server, settings: new ModelSettings { Model = "m", Temperature = 0.5, MaximumOutputTokens = 99 });
        var tool = AIFunctionFactory.CreateDeclaration("find", "Finds.", System.Text.Json.JsonElement.Parse("""{"type":"object","properties":{"id":{"$ref":"#/$defs/id"}},"$defs":{"id":{"type":"number"}}}"""));

        var reply = await agent.AskAsync([new ChatMessage(ChatRole.User, "hi")], new ModelCall(0, 0, 7), [tool]);

        Assert.Equal(("Looking.", "Hm.", "tool_calls"), (reply.Text, reply.Reasoning, reply.Finish));
        Assert.Equal([new ModelToolCall("c1", "find", """{"id": 1.50}"""), new ModelToolCall("c2", "find", """{"id": """)], reply.Calls);
        Assert.Equal((7, 0.5, 99), (seen!.Seed, seen.Temperature, seen.MaxTokens));
        Assert.Contains("$defs", seen.Tools[0].Parameters!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((server.Tally.PromptTokens, server.Tally.CompletionTokens), (reply.Usage.InputTokens, reply.Usage.OutputTokens));
        Assert.Equal(reply.Usage.Tokens, ledger.Total.Tokens);
    }

    [Fact]
    public async Task Ask_TheSameAgain_IsTakenFromWhatIsKeptUnlessTrialOrNumberDiffer()
    {
        await using var server = await ChatServer.StartAsync();
        var (agent, ledger) = await OpenAsync(server);
        foreach (var call in new[] { new ModelCall(0, 0), new ModelCall(0, 0), new ModelCall(1, 0), new ModelCall(0, 1), new ModelCall(1, 0) })
        {
            await agent.AskAsync([new ChatMessage(ChatRole.User, "hi")], call);
        }

        Assert.Equal(3, server.Tally.Requests);
        Assert.Equal((3, 2), (ledger.Total.Requests, ledger.Total.FromKept));
    }

    [Theory]
    [InlineData(TransportFault.InternalError, ModelFault.Unavailable)]
    [InlineData(TransportFault.DisconnectBeforeHeaders, ModelFault.Unavailable)]
    [InlineData(TransportFault.DisconnectInBody, ModelFault.Unavailable)]
    [InlineData(TransportFault.Hang, ModelFault.Unavailable)]
    [InlineData(TransportFault.TooManyRequestsSeconds, ModelFault.Throttled)]
    [InlineData(TransportFault.TooManyRequestsDate, ModelFault.Throttled)]
    [InlineData(TransportFault.NotJson, ModelFault.BrokenAnswer)]
    [InlineData(TransportFault.TruncatedJson, ModelFault.BrokenAnswer)]
    [InlineData(TransportFault.Html, ModelFault.BrokenAnswer)]
    [InlineData(TransportFault.EmptyBody, ModelFault.BrokenAnswer)]
    public async Task Ask_FaultOnItsWay_IsNamedAndTriedAgain(TransportFault fault, ModelFault named)
    {
        var plan = FaultPlan.Always(fault) with { RetryAfter = TimeSpan.FromMilliseconds(10) };
        await using var broken = await ChatServer.StartAsync(new ChatServerOptions { Faults = plan });
        await using var mending = await ChatServer.StartAsync(new ChatServerOptions { Faults = plan with { MostPerBody = 1 } });

        // Only what never answers is given up soon: on a busy machine other answers may take their time.
        var timeout = fault == TransportFault.Hang ? 5 : 60;
        var (once, _) = await OpenAsync(broken, endpoint => endpoint with { Attempts = 1, TimeoutSeconds = timeout });
        var (twice, ledger) = await OpenAsync(mending, endpoint => endpoint with { Attempts = 2, TimeoutSeconds = timeout });

        var thrown = await Assert.ThrowsAsync<ModelException>(() => once.AskAsync([new ChatMessage(ChatRole.User, "hi")], default));
        var reply = await twice.AskAsync([new ChatMessage(ChatRole.User, "hi")], default);

        Assert.Equal(named, thrown.Fault);
        Assert.Contains(broken.Endpoint.AbsoluteUri, thrown.Message, StringComparison.Ordinal);
        Assert.Equal("hi", reply.Text);
        Assert.Equal(1, Assert.Single(ledger.Total.Retries).Value);

        // What a model may have worked for nothing is paid for all the same.
        Assert.Equal(fault is TransportFault.Hang || named == ModelFault.BrokenAnswer ? 1 : 0, fault == TransportFault.DisconnectInBody ? 0 : ledger.Total.Uncounted);
    }

    [Fact]
    public async Task Ask_ManyAtOnce_AreNeverMoreThanTheEndpointTakes()
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Limits = new ServerLimits { Concurrent = 3 }, Latency = TimeSpan.FromMilliseconds(20) });
        var (agent, _) = await OpenAsync(server, endpoint => endpoint with { Concurrency = 3 });

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => agent.AskAsync([new ChatMessage(ChatRole.User, $"{i}")], default)));

        Assert.Equal((30, 0, 3), (server.Tally.Completed, server.Tally.Limited, server.Tally.PeakConcurrent));
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(null, 800)]
    public async Task Ask_LimitAMinute_HoldsBackWhatIsOverItUntilAMinuteIsOver(int? requests, int? tokens)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        using var patient = new ModelHost(clock, _ => null);
        await using var server = await ChatServer.StartAsync();
        var endpoint = new ModelEndpoint { Address = server.Endpoint, RequestsPerMinute = requests, TokensPerMinute = tokens };
        var agent = patient.OpenUnkept(new ModelsSettings { Agent = new ModelSettings { Model = "m" } }, _ => endpoint, SpendLedger.Uncovered(clock)).Of(ModelRole.Agent)!;

        // Another entry for the same endpoint cannot loosen what one entry says.
        patient.OpenUnkept(new ModelsSettings { Agent = new ModelSettings { Model = "m" } }, _ => endpoint with { RequestsPerMinute = null, TokensPerMinute = null }, SpendLedger.Uncovered(clock));
        var text = new string('x', 1_000);
        await agent.AskAsync([new ChatMessage(ChatRole.User, text)], new ModelCall(0, 0));
        await agent.AskAsync([new ChatMessage(ChatRole.User, tokens is null ? text : "hi")], new ModelCall(0, 1));
        var third = agent.AskAsync([new ChatMessage(ChatRole.User, text)], new ModelCall(0, 2));

        Assert.False(third.IsCompleted);
        Assert.Equal(2, server.Tally.Requests);
        clock.Advance(TimeSpan.FromSeconds(61));
        await third;
    }

    [Fact]
    public async Task Ask_BudgetThatIsReached_StopsAllButTheCallsUnderWay()
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Latency = TimeSpan.FromMilliseconds(10) });
        var (agent, ledger) = await OpenAsync(server, endpoint => endpoint with { Concurrency = 4 }, budget: new Budget { Tokens = 200 });

        var calls = Enumerable.Range(0, 100).Select(i => agent.AskAsync([new ChatMessage(ChatRole.User, $"number {i}")], default)).ToList();
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);

        var most = calls.Where(call => call.IsCompletedSuccessfully).Max(call => call.Result.Usage.Tokens);
        Assert.InRange(ledger.Total.Tokens, 200, 200 + (4 * most));
        Assert.All(calls.Where(call => call.IsFaulted), call => Assert.IsType<BudgetSpentException>(call.Exception!.InnerException));
        Assert.Equal(server.Tally.Requests, ledger.Total.Requests);
    }

    [Fact]
    public async Task Ask_ContextTooLong_IsRejectedAtOnceAndOthersGoOn()
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { ContextLength = 100 });
        var (agent, ledger) = await OpenAsync(server);

        var thrown = await Assert.ThrowsAsync<ModelException>(() => agent.AskAsync([new ChatMessage(ChatRole.User, new string('x', 4_000))], default));

        Assert.Equal(ModelFault.Rejected, thrown.Fault);
        Assert.Contains("HTTP 400", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(ledger.Total.Retries);
    }

    /// <summary>What was made of a refusal has to come out again without the endpoint; who may ask asks again.</summary>
    [Fact]
    public async Task Ask_RequestThatWasRefused_IsRefusedAgainWhereOnlyKeptRepliesAreWanted()
    {
        ChatMessage[] tooLong = [new(ChatRole.User, new string('x', 4_000))];
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { ContextLength = 100 });
        var (asking, _) = await OpenAsync(server);
        var first = await Assert.ThrowsAsync<ModelException>(() => asking.AskAsync(tooLong, default));
        await Assert.ThrowsAsync<ModelException>(() => asking.AskAsync(tooLong, default));
        Assert.Equal(2, server.Tally.Requests);

        var (replaying, _) = await OpenAsync(server, mode: ReplyMode.Replay);
        var again = await Assert.ThrowsAsync<ModelException>(() => replaying.AskAsync(tooLong, default));
        var never = await Assert.ThrowsAsync<ModelException>(() => replaying.AskAsync([new ChatMessage(ChatRole.User, "hi")], default));

        Assert.Equal((ModelFault.Rejected, first.Message, ModelFault.NotKept), (again.Fault, again.Message, never.Fault));
        Assert.Equal(2, server.Tally.Requests);
    }

    /// <summary>The model answers whether somebody waits or not, and that is charged.</summary>
    [Fact]
    public async Task Ask_BrokenOffUnderWay_CountsAsSpent()
    {
        var asked = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        await using var server = await ChatServer.StartAsync(new ChatServerOptions
        {
            Brain = async (_, token) =>
            {
                asked.TrySetResult();
                await new TaskCompletionSource().Task.WaitAsync(token);
                return new ChatAnswer();
            },
        });
        var (agent, ledger) = await OpenAsync(server);
        var call = agent.AskAsync([new ChatMessage(ChatRole.User, new string('x', 4_000))], default, cancellationToken: stop.Token);
        await asked.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => agent.AskAsync([new ChatMessage(ChatRole.User, "never sent")], default, cancellationToken: stop.Token));

        Assert.Equal((1, 1), (ledger.Total.Requests, ledger.Total.Uncounted));
        Assert.InRange(ledger.Total.InputTokens, 1_000, 1_200);
        Assert.Equal(ledger.Total.Tokens, (await SpendLedger.ReadAsync(state, "campaign", default)).Total.Tokens);
    }

    [Fact]
    public async Task Embed_Batches_GiveAVectorATextAndAreKept()
    {
        await using var server = await ChatServer.StartAsync();
        var models = await OpenAllAsync(server, new ModelsSettings { Embedding = new EmbeddingModelSettings { Model = "e", BatchSize = 2 } });
        var texts = new[] { "a library", "its books", "its readers" };

        var first = await models.Embeddings!.EmbedAsync(texts, default);
        var second = await models.Embeddings.EmbedAsync(texts, default);

        Assert.Equal(3, first.Count);
        Assert.Equal(first.Select(vector => vector.ToArray()), second.Select(vector => vector.ToArray()));
        Assert.Equal(2, server.Tally.Requests);
    }

    private async Task<(RoleModel Agent, SpendLedger Ledger)> OpenAsync(
        ChatServer server, Func<ModelEndpoint, ModelEndpoint>? change = null, Budget? budget = null, ModelSettings? settings = null, ReplyMode mode = ReplyMode.Cache)
    {
        var ledger = await SpendLedger.OpenAsync(state, TimeProvider.System, "campaign", server.Endpoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), default);
        var endpoint = new ModelEndpoint { Address = server.Endpoint, InputPrice = 1, OutputPrice = 2 };
        var models = host.Open(
            new ModelsSettings { Agent = settings ?? new ModelSettings { Model = "m" } },
            _ => change?.Invoke(endpoint) ?? endpoint,
            mode,
            new Prefixed(artifacts, server.Endpoint.Port),
            ledger,
            new BudgetGuard(ledger, _ => ValueTask.FromResult(budget ?? new Budget()), TimeProvider.System));
        return (models.Of(ModelRole.Agent)!, ledger);
    }

    private async Task<CampaignModels> OpenAllAsync(ChatServer server, ModelsSettings settings)
    {
        var ledger = await SpendLedger.OpenAsync(state, TimeProvider.System, "campaign", "all", default);
        return host.Open(
            settings, _ => new ModelEndpoint { Address = server.Endpoint }, ReplyMode.Cache, artifacts, ledger, new BudgetGuard(ledger, _ => ValueTask.FromResult(new Budget()), TimeProvider.System));
    }

    /// <summary>A part of a store: servers of one test must not answer for each other.</summary>
    private sealed class Prefixed(IArtifactStore inner, int port) : IArtifactStore
    {
        public Task<bool> TryCreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => inner.TryCreateAsync(Name(name), write, cancellationToken);

        public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) => inner.OpenReadAsync(Name(name), cancellationToken);

        public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => inner.ExistsAsync(Name(name), cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(Name(prefix), cancellationToken);

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(Name(name), cancellationToken);

        private string Name(string name) => $"{port}/{name}";
    }
}
