using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AgentScaler.ModelServers;
using AgentScaler.ModelServers.Faults;
using Microsoft.Extensions.Time.Testing;

namespace AgentScaler.Core.Tests.ModelServers;

public sealed class TransportFaultTests
{
    private const string Said = "a fairly long answer, so that half of it is something";

    [Theory]
    [InlineData(TransportFault.TooManyRequestsSeconds, 429)]
    [InlineData(TransportFault.TooManyRequestsDate, 429)]
    [InlineData(TransportFault.TooManyRequestsMilliseconds, 429)]
    [InlineData(TransportFault.InternalError, 500)]
    [InlineData(TransportFault.BadGateway, 502)]
    [InlineData(TransportFault.Unavailable, 503)]
    public async Task Always_Status_ArrivesAndIsCounted(TransportFault fault, int status)
    {
        await using var server = await StartAsync(FaultPlan.Always(fault));
        using var client = new WireClient(server);
        using var answer = await client.PostAsync(WireClient.Chat(Said));
        Assert.Equal(status, (int)answer.StatusCode);
        AssertLost(server, fault, 0);
    }

    [Fact]
    public async Task Always_429_AsksToWaitInItsForm()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var wait = TimeSpan.FromMilliseconds(2500);
        foreach (var (fault, header, value) in new[]
        {
            (TransportFault.TooManyRequestsSeconds, "Retry-After", "3"),
            (TransportFault.TooManyRequestsDate, "Retry-After", "Sun, 01 Mar 2026 12:00:03 GMT"),
            (TransportFault.TooManyRequestsMilliseconds, "retry-after-ms", "2500"),
            (TransportFault.Unavailable, "Retry-After", "3"),
        })
        {
            await using var server = await ChatServer.StartAsync(new ChatServerOptions { Faults = FaultPlan.Always(fault) with { RetryAfter = wait }, Clock = clock });
            using var client = new WireClient(server);
            using var answer = await client.PostAsync(WireClient.Chat(Said));
            Assert.Equal([value], answer.Headers.GetValues(header));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Always_DisconnectBeforeHeaders_GivesNoAnswer(bool stream)
    {
        await using var server = await StartAsync(FaultPlan.Always(TransportFault.DisconnectBeforeHeaders));
        using var client = new WireClient(server);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(Chat(stream)));
        AssertLost(server, TransportFault.DisconnectBeforeHeaders, 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Always_DisconnectInBody_SendsHalfAndLosesTheTokens(bool stream)
    {
        await using var server = await StartAsync(FaultPlan.Always(TransportFault.DisconnectInBody));
        using var client = new WireClient(server);
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint + "/chat/completions") { Content = new StringContent(Chat(stream)) };
        using var answer = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)answer.StatusCode);
        using var got = new MemoryStream();
        await Assert.ThrowsAsync<HttpRequestException>(() => answer.Content.CopyToAsync(got));
        Assert.NotEqual(0, got.Length);
        Assert.True(stream || got.Length == answer.Content.Headers.ContentLength / 2);
        AssertLost(server, TransportFault.DisconnectInBody, 14 + 15);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Always_TruncatedJson_EndsInTheMiddleAsIfWhole(bool stream)
    {
        await using var server = await StartAsync(FaultPlan.Always(TransportFault.TruncatedJson));
        using var client = new WireClient(server);
        using var answer = await client.PostAsync(Chat(stream));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith(stream ? "data: {" : "{", body, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
        AssertLost(server, TransportFault.TruncatedJson, 14 + 15);
    }

    [Theory]
    [InlineData(TransportFault.NotJson, "application/json", "upstream connect error")]
    [InlineData(TransportFault.Html, "text/html", "<!DOCTYPE html>")]
    [InlineData(TransportFault.EmptyBody, "application/json", "")]
    public async Task Always_OtherBody_Is200(TransportFault fault, string mediaType, string start)
    {
        await using var server = await StartAsync(FaultPlan.Always(fault));
        using var client = new WireClient(server);
        using var answer = await client.PostAsync(WireClient.Chat(Said));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal((200, mediaType), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith(start, body, StringComparison.Ordinal);
        Assert.Equal(start.Length > 0, body.Length > 0);
        AssertLost(server, fault, 0);
    }

    [Fact]
    public async Task Always_SlowDrip_ArrivesWholeButSlowly()
    {
        await using var server = await StartAsync(FaultPlan.Always(TransportFault.SlowDrip) with { DripBytes = 50, DripPause = TimeSpan.FromMilliseconds(30) });
        using var client = new WireClient(server);
        var watch = Stopwatch.StartNew();
        using var answer = await client.PostAsync(WireClient.Chat(Said));
        var body = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(watch.Elapsed >= 0.9 * TimeSpan.FromMilliseconds(30) * (body.Length / 50), watch.Elapsed.ToString());
        AssertWhole(server, TransportFault.SlowDrip, body);
    }

    [Fact]
    public async Task Always_WrongContentType_ArrivesWhole()
    {
        await using var server = await StartAsync(FaultPlan.Always(TransportFault.WrongContentType));
        using var client = new WireClient(server);
        using var answer = await client.PostAsync(WireClient.Chat(Said));
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        AssertWhole(server, TransportFault.WrongContentType, await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Always_Hang_AnswersNeverAndIsNotUnderWay()
    {
        await using var server = await StartAsync(FaultPlan.Always(TransportFault.Hang));
        using var client = new WireClient(server);
        for (var i = 1; i <= 3; i++)
        {
            using var leave = new CancellationTokenSource();
            var asking = client.PostAsync(WireClient.Chat(Said), cancellation: leave.Token);
            Assert.True(SpinWait.SpinUntil(() => server.Tally.Faulted == i, TimeSpan.FromSeconds(30)));
            Assert.False(asking.IsCompleted);
            await leave.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        }

        Assert.Equal((3L, 1), (server.Tally.Transport[TransportFault.Hang], server.Tally.PeakConcurrent));
    }

    [Fact]
    public async Task Always_HangWithAnEnd_EndsTheConnection()
    {
        await using var server = await StartAsync(FaultPlan.Always(TransportFault.Hang) with { LongestHang = TimeSpan.FromMilliseconds(50) });
        using var client = new WireClient(server);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(WireClient.Chat(Said)));
    }

    [Fact]
    public async Task Spread_SomeRequests_FailInTheirShareAndNoMoreThanAsked()
    {
        TransportFault[] kinds = [TransportFault.InternalError, TransportFault.BadGateway, TransportFault.Unavailable];
        await using var server = await StartAsync(FaultPlan.Spread(5, 0.3, kinds) with { MostPerBody = 2 });
        using var client = new WireClient(server);
        const int bodies = 1000;
        var answered = 0;
        for (var i = 0; i < 3 * bodies; i++)
        {
            using var answer = await client.PostAsync(WireClient.Chat(string.Create(CultureInfo.InvariantCulture, $"text {i % bodies}")));
            answered += answer.IsSuccessStatusCode ? 1 : 0;
        }

        var tally = server.Tally;
        Assert.Equal((answered, 3 * bodies - answered), (tally.Completed, tally.Faulted));
        foreach (var kind in kinds)
        {
            Assert.InRange(tally.Transport[kind], 160, 240); // 10 % of 2,000, three standard deviations of 13.4
        }
    }

    private static Task<ChatServer> StartAsync(FaultPlan plan) => ChatServer.StartAsync(new ChatServerOptions { Faults = plan });

    private static string Chat(bool stream) => WireClient.Chat(Said, stream ? ""","stream":true""" : "");

    private static void AssertLost(ChatServer server, TransportFault fault, long tokens)
    {
        var tally = server.Tally;
        Assert.Equal((1L, 0L, 1L), (tally.Requests, tally.Completed, tally.Faulted));
        Assert.Equal([KeyValuePair.Create(fault, 1L)], tally.Transport);
        Assert.Equal((0L, tokens), (tally.PromptTokens + tally.CompletionTokens, tally.LostTokens));
    }

    private static void AssertWhole(ChatServer server, TransportFault fault, byte[] body)
    {
        Assert.Equal(Said, JsonSerializer.Deserialize<JsonElement>(body).GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        var tally = server.Tally;
        Assert.Equal((1L, 0L, 1L), (tally.Completed, tally.Faulted, tally.Transport[fault]));
        Assert.Equal((29L, 0L), (tally.PromptTokens + tally.CompletionTokens, tally.LostTokens));
    }
}
