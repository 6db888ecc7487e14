using AgentScaler.Models.Clients;
using Microsoft.Extensions.Time.Testing;

namespace AgentScaler.Core.Tests.Models;

public sealed class EndpointGateTests
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task Enter_MoreThanMayGoAtOnce_WaitInTheOrderTheyCame()
    {
        using var gate = new EndpointGate(2, null, null, clock);
        var passes = await Task.WhenAll(gate.EnterAsync(1, default), gate.EnterAsync(1, default));
        var third = gate.EnterAsync(1, default);
        var fourth = gate.EnterAsync(1, default);

        Assert.False(third.IsCompleted);
        gate.Leave(passes[0], PassOutcome.Good, null, null);

        await third;
        Assert.False(fourth.IsCompleted);
    }

    [Fact]
    public async Task Leave_Overload_HalvesOnceForAllThatWereUnderWayAndGrowsBack()
    {
        using var gate = new EndpointGate(8, null, null, clock);
        var passes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => gate.EnterAsync(1, default)));
        foreach (var pass in passes)
        {
            gate.Leave(pass, PassOutcome.Overload, null, null);
        }

        Assert.Equal(4, gate.Limit);
        for (var i = 0; i < 100; i++)
        {
            gate.Leave(await gate.EnterAsync(1, default), PassOutcome.Good, null, null);
        }

        Assert.Equal(8, gate.Limit);
    }

    [Fact]
    public async Task Enter_AfterRetryAfter_WaitsAsLongAsTheEndpointAsks()
    {
        using var gate = new EndpointGate(2, null, null, clock);
        gate.Leave(await gate.EnterAsync(1, default), PassOutcome.Overload, null, TimeSpan.FromSeconds(7));
        var next = gate.EnterAsync(1, default);

        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));
        await next;
    }

    [Fact]
    public async Task Enter_RequestsPerMinute_HoldInAnySixtySeconds()
    {
        using var gate = new EndpointGate(100, 3, null, clock);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => gate.EnterAsync(1, default)));
        clock.Advance(TimeSpan.FromSeconds(30));
        var fourth = gate.EnterAsync(1, default);

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(fourth.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));
        await fourth;
    }

    [Fact]
    public async Task Enter_TokensPerMinute_CountWhatCallsReallyTook()
    {
        using var gate = new EndpointGate(100, null, 100, clock);
        gate.Leave(await gate.EnterAsync(80, default), PassOutcome.Good, 20, null);
        await gate.EnterAsync(80, default);
        var third = gate.EnterAsync(10, default);

        Assert.False(third.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(61));
        await third;

        // More than a minute allows goes alone, not never.
        clock.Advance(TimeSpan.FromSeconds(61));
        await gate.EnterAsync(1_000, default);
    }

    [Fact]
    public async Task Enter_GivenUp_LetsTheNextOneThrough()
    {
        using var gate = new EndpointGate(1, null, null, clock);
        var pass = await gate.EnterAsync(1, default);
        using var patience = new CancellationTokenSource();
        var second = gate.EnterAsync(1, patience.Token);
        var third = gate.EnterAsync(1, default);
        await patience.CancelAsync();
        gate.Leave(pass, PassOutcome.Good, null, null);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await third;
    }
}
