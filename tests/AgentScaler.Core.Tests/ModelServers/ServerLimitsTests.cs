using AgentScaler.ModelServers;
using AgentScaler.ModelServers.Chat;
using Microsoft.Extensions.Time.Testing;

namespace AgentScaler.Core.Tests.ModelServers;

public sealed class ServerLimitsTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task RequestsPerMinute_Exceeded_AsksToWaitUntilOneLeavesTheMinute()
    {
        await using var server = await StartAsync(new ServerLimits { RequestsPerMinute = 2 });
        using var client = new WireClient(server);
        Assert.Equal((200, "1", null), await AskAsync(client, "x", "requests"));
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((200, "0", null), await AskAsync(client, "x", "requests"));
        Assert.Equal((429, "0", "40"), await AskAsync(client, "x", "requests"));
        clock.Advance(TimeSpan.FromSeconds(39.5));
        Assert.Equal((429, "0", "1"), await AskAsync(client, "x", "requests"));
        clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal((200, "0", null), await AskAsync(client, "x", "requests"));
        var tally = server.Tally;
        Assert.Equal((5L, 3L, 2L), (tally.Requests, tally.Completed, tally.Limited));
        Assert.Equal((2, 2), (tally.RequestsInLastMinute, tally.PeakRequestsPerMinute));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((0, 2), (server.Tally.RequestsInLastMinute, server.Tally.PeakRequestsPerMinute));
    }

    [Fact]
    public async Task TokensPerMinute_Exceeded_CountsRequestsAndAnswers()
    {
        await using var server = await StartAsync(new ServerLimits { TokensPerMinute = 30 });
        using var client = new WireClient(server);
        var text = new string('x', 36); // 10 tokens with its role, and 9 of the echo
        Assert.Equal((200, "20", null), await AskAsync(client, text, "tokens"));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((200, "1", null), await AskAsync(client, text, "tokens"));
        Assert.Equal((429, "0", "50"), await AskAsync(client, text, "tokens"));
        Assert.Equal(38, server.Tally.TokensInLastMinute);
        clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal((200, "1", null), await AskAsync(client, text, "tokens"));
        Assert.Equal(38, server.Tally.PeakTokensPerMinute);
    }

    [Fact]
    public async Task Concurrent_Exceeded_IsRefusedAndAsManyAsAllowedNever()
    {
        var (entered, go) = (new SemaphoreSlim(0), new TaskCompletionSource());
        await using var server = await ChatServer.StartAsync(new ChatServerOptions
        {
            Limits = new ServerLimits { Concurrent = 4 },
            Brain = async (request, _) =>
            {
                entered.Release();
                await go.Task;
                return ChatAnswer.Text("done");
            },
        });
        using var client = new WireClient(server);
        var asking = Enumerable.Range(0, 4).Select(_ => client.AskAsync(WireClient.Chat("x"))).ToArray();
        for (var i = 0; i < 4; i++)
        {
            await entered.WaitAsync();
        }

        using var refused = await client.PostAsync(WireClient.Chat("x"));
        Assert.Equal((429, "100"), ((int)refused.StatusCode, Assert.Single(refused.Headers.GetValues("retry-after-ms"))));
        go.SetResult();
        Assert.All(await Task.WhenAll(asking), a => Assert.Equal(200, a.Status));
        await Parallel.ForAsync(0, 800, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) => Assert.Equal(200, (await client.AskAsync(WireClient.Chat("x"))).Status));
        Assert.Equal((1L, 5), (server.Tally.Limited, server.Tally.PeakConcurrent));
    }

    [Fact]
    public async Task Latency_Set_PassesBeforeTheAnswer()
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Latency = TimeSpan.FromMilliseconds(120) });
        using var client = new WireClient(server);
        var start = TimeProvider.System.GetTimestamp();
        Assert.Equal(200, (await client.AskAsync(WireClient.Chat("x"))).Status);
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(110));
    }

    private Task<ChatServer> StartAsync(ServerLimits limits) => ChatServer.StartAsync(new ChatServerOptions { Limits = limits, Clock = clock });

    private static async Task<(int Status, string? Left, string? RetryAfter)> AskAsync(WireClient client, string text, string of)
    {
        using var answer = await client.PostAsync(WireClient.Chat(text));
        var left = Assert.Single(answer.Headers.GetValues($"x-ratelimit-remaining-{of}"));
        return ((int)answer.StatusCode, left, answer.Headers.TryGetValues("Retry-After", out var wait) ? wait.Single() : null);
    }
}
