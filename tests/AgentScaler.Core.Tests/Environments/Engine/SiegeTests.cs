using System.Diagnostics;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Core.Tests.Environments.Engine;

/// <summary>Hostile and honest episodes side by side on the same few isolates.</summary>
[Collection(AloneOnTheMachine.Name)]
public sealed class SiegeTests
{
    private const int Episodes = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Call_TwoHundredAttacksAmongTwoHundredHonestEpisodes_LeaveTheirHashesRight()
    {
        var honest = LoadedEnvironment.Load(Library.Package(5));
        string[] alone;
        using (var quiet = new EnvironmentEngine(new EngineOptions(), Library.Clock))
        {
            alone = [.. Enumerable.Range(0, Episodes).Select(number => Honest(quiet, honest, number))];
        }

        using var engine = new EnvironmentEngine(
            new EngineOptions { CallTimeout = TimeSpan.FromMilliseconds(400), SoftHeapBytes = 24 << 20, MaximumIsolates = 3 }, TimeProvider.System);
        var attacks = Attacks.Mixed(Episodes).ToArray();
        var besieged = new string[Episodes];
        var longest = TimeSpan.Zero;
        var aborted = 0;
        var done = Task.Run(() =>
        {
            for (var i = 0; i < Episodes; i++)
            {
                var watch = Stopwatch.StartNew();
                aborted += Attack(engine, attacks[i]) ? 1 : 0;
                longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            }
        });
        for (var i = 0; i < Episodes; i++)
        {
            besieged[i] = FreshAttempts.Run(() => Honest(engine, honest, i));
        }

        await done;
        Assert.Equal(alone, besieged);
        Assert.InRange(longest, TimeSpan.Zero, Longest);
        Assert.Equal(Episodes / 8, aborted);
        Assert.Equal(alone[0], Honest(engine, honest, 0));
    }

    /// <summary>One episode of six calls: results and hashes.</summary>
    private static string Honest(EnvironmentEngine engine, LoadedEnvironment environment, int number)
    {
        var session = engine.Open(environment, Seed.Root(number));
        var seen = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var book = $$"""{"book_id":"b{{((i + number) % 5) + 1}}","title":"T{{i}}"}""";
            seen.Add(session.Call(((i + number) % 3) switch { 0 => "lend_book", 1 => "set_title", _ => "list_books" }, book).Content);
            seen.Add(session.StateHash);
        }

        return string.Join('\n', seen);
    }

    /// <summary>One attack in an episode of its own; whether its attempt was aborted. State is as before in any case.</summary>
    private static bool Attack(EnvironmentEngine engine, string body)
    {
        var session = engine.Open(LoadedEnvironment.Load(Library.Package(3, ("run", $"(db, args, env) => {{ {body} }}"))), new Seed("attack"));
        var hash = session.StateHash;
        try
        {
            Assert.True(session.Call("run").IsError, body);
            return false;
        }
        catch (EpisodeAbortedException e)
        {
            Assert.NotEqual(AbortReason.Runtime, e.Reason);
            return true;
        }
        finally
        {
            Assert.Equal(hash, session.StateHash);
        }
    }
}
