using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using AgentScaler.ModelServers;
using AgentScaler.ModelServers.Chat;
using AgentScaler.ModelServers.Faults;
using AgentScaler.ModelServers.Tallies;

namespace AgentScaler.Core.Tests.ModelServers;

public sealed class ServerTallyTests
{
    private const int Requests = 3000;

    private static readonly FaultPlan Mixed = FaultPlan
        .Spread(
            11,
            0.3,
            TransportFault.TooManyRequestsMilliseconds,
            TransportFault.InternalError,
            TransportFault.BadGateway,
            TransportFault.DisconnectBeforeHeaders,
            TransportFault.DisconnectInBody,
            TransportFault.NotJson,
            TransportFault.TruncatedJson,
            TransportFault.EmptyBody,
            TransportFault.WrongContentType)
        .And(FaultPlan.Spread(0, 0.2, SemanticFault.EmptyContent, SemanticFault.Refusal, SemanticFault.StrangeCharacters));

    [Fact]
    public async Task Tally_SixtyFourClientsWithFaults_EqualsWhatTheySaw()
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Faults = Mixed });
        var seen = await AskAllAsync(server, 64);
        var tally = server.Tally;
        Assert.Equal((Requests, seen.Count), (tally.Requests, tally.Completed));
        Assert.Equal(Requests, tally.Completed + tally.Faulted);
        Assert.Equal((seen.Sum(u => u.Prompt), seen.Sum(u => u.Completion)), (tally.PromptTokens, tally.CompletionTokens));
        foreach (var (model, counted) in tally.Models)
        {
            var own = seen.Where(u => u.Model == model).ToArray();
            Assert.Equal((own.Length, own.Sum(u => u.Prompt), own.Sum(u => u.Completion)), (counted.Completed, counted.PromptTokens, counted.CompletionTokens));
        }

        Assert.Equal(tally.Faulted, tally.Transport.Values.Sum() - tally.Transport[TransportFault.WrongContentType]);
        Assert.True(tally.LostTokens > 0);
        Assert.InRange(tally.PeakConcurrent, 2, 64);
        Assert.Equal(Requests, tally.RequestsInLastMinute);
        Assert.Equal(Mixed.Transport.Keys.Order(), tally.Transport.Keys);
        Assert.Equal(Mixed.Semantic.Keys.Order(), tally.Semantic.Keys);
    }

    [Fact]
    public async Task Tally_OtherParallelism_IsTheSame()
    {
        async Task<ServerTally> RunAsync(int clients)
        {
            await using var server = await ChatServer.StartAsync(new ChatServerOptions { Faults = Mixed });
            await AskAllAsync(server, clients);
            return server.Tally;
        }

        var (many, few) = (await RunAsync(48), await RunAsync(3));
        Assert.Equal(few.Transport, many.Transport);
        Assert.Equal(few.Semantic, many.Semantic);
        Assert.Equal(few.Models, many.Models);
    }

    [Fact]
    public async Task Tally_ClientThatGoes_IsAbandoned()
    {
        var answering = new TaskCompletionSource();
        await using var server = await ChatServer.StartAsync(new ChatServerOptions
        {
            Brain = async (_, cancellation) =>
            {
                answering.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                return ChatAnswer.Text("never");
            },
        });
        using var client = new WireClient(server);
        using var leave = new CancellationTokenSource();
        var asking = client.PostAsync(WireClient.Chat("x"), cancellation: leave.Token);
        await answering.Task;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.True(SpinWait.SpinUntil(() => server.Tally.Abandoned == 1, TimeSpan.FromSeconds(30)));
        Assert.Equal((1L, 0L), (server.Tally.Requests, server.Tally.Completed));
    }

    [Fact]
    public async Task Tally_ClientThatGoesBeforeAnAnswerMade_LosesItsTokens()
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Latency = TimeSpan.FromMinutes(10) });
        using var client = new WireClient(server);
        using var leave = new CancellationTokenSource();
        var asking = client.PostAsync(WireClient.Chat("good morning"), cancellation: leave.Token);
        Assert.True(SpinWait.SpinUntil(() => server.Tally.TokensInLastMinute == 4 + 3, TimeSpan.FromSeconds(30)));
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.True(SpinWait.SpinUntil(() => server.Tally.Abandoned == 1, TimeSpan.FromSeconds(30)));
        Assert.Equal((7L, 0L), (server.Tally.LostTokens, server.Tally.PromptTokens + server.Tally.CompletionTokens));
    }

    private static async Task<ConcurrentBag<(string Model, long Prompt, long Completion)>> AskAllAsync(ChatServer server, int clients)
    {
        var seen = new ConcurrentBag<(string, long, long)>();
        using var client = new WireClient(server);
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = clients }, async (i, cancellation) =>
        {
            // Every fifth body has come before.
            var body = WireClient.Chat(string.Create(CultureInfo.InvariantCulture, $"text number {i - (i % 5 == 4 ? 4 : 0)}, größer"))
                .Replace("\"m\"", i % 5 is 0 or 4 ? "\"small\"" : "\"large\"", StringComparison.Ordinal);
            try
            {
                using var answer = await client.PostAsync(body, cancellation: cancellation);
                var text = await answer.Content.ReadAsStringAsync(cancellation);
                if (answer.IsSuccessStatusCode)
                {
                    var read = JsonSerializer.Deserialize<JsonElement>(text);
                    var usage = read.GetProperty("usage");
                    seen.Add((read.GetProperty("model").GetString()!, usage.GetProperty("prompt_tokens").GetInt64(), usage.GetProperty("completion_tokens").GetInt64()));
                }
            }
            catch (Exception e) when (e is HttpRequestException or JsonException)
            {
                // A fault: the server's side of it is what is compared.
            }
        });
        return seen;
    }
}
