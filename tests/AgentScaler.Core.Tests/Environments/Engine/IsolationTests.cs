using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Engine;

/// <summary>Which isolate serves a call, and whom it served before, never shows.</summary>
public sealed class IsolationTests
{
    [Fact]
    public void Call_TwoPackagesOnOneIsolate_ResultsAsWithAnIsolateEach()
    {
        var small = LoadedEnvironment.Load(Library.Package(3));
        var large = LoadedEnvironment.Load(Library.Package(9) with { Id = "env-large" });

        string[] Run(int isolates)
        {
            using var engine = new EnvironmentEngine(new EngineOptions { MaximumIsolates = isolates }, Library.Clock);
            var sessions = new[] { engine.Open(small, new Seed("1")), engine.Open(large, new Seed("1")) };
            var seen = new List<string>();
            for (var i = 0; i < 6; i++)
            {
                foreach (var session in sessions)
                {
                    seen.Add(Step(session, i));
                }
            }

            return [.. seen];
        }

        Assert.Equal(Run(isolates: 2), Run(isolates: 1));
    }

    [Fact]
    public void Call_PackageLoadedAgain_TakesNoNewIsolate()
    {
        using var engine = new EnvironmentEngine(new EngineOptions { MaximumIsolates = 4 }, Library.Clock);
        string Call(EnvironmentPackage package) => Step(engine.Open(LoadedEnvironment.Load(package), new Seed("1")), 0);

        var first = Call(Library.Package(3));
        Assert.Equal(first, Call(Library.Package(3)));
        Assert.Equal(1, engine.Isolates);

        // Another row, another time, another program of the same name: each is another environment, whatever its id says.
        Call(Library.Package(4));
        Call(Library.Package(3) with { Now = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        var tools = Library.Package(3).Tools;
        Call(Library.Package(3) with { Tools = [tools[0] with { Program = tools[0].Program.Replace("env)", "/* another */ env)", StringComparison.Ordinal) }, .. tools.Skip(1)] });
        Assert.Equal(4, engine.Isolates);
    }

    [Fact]
    public void Call_SessionsInterleavedOnOneIsolate_DoNotSeeEachOther()
    {
        using var engine = new EnvironmentEngine(new EngineOptions { MaximumIsolates = 1, SessionsPerIsolate = 2 }, Library.Clock);
        var environment = LoadedEnvironment.Load(Library.Package(4));
        string[] Alone(int number)
        {
            var session = engine.Open(environment, Seed.Root(number));
            return [.. Enumerable.Range(0, 6).Select(i => Step(session, i + number))];
        }

        var alone = Enumerable.Range(0, 5).Select(Alone).ToArray();
        var together = Enumerable.Range(0, 5).Select(number => engine.Open(environment, Seed.Root(number))).ToArray();
        var seen = together.Select(_ => new List<string>()).ToArray();
        for (var i = 0; i < 6; i++)
        {
            for (var number = 0; number < 5; number++)
            {
                seen[number].Add(Step(together[number], i + number));
            }
        }

        Assert.Equal(alone, seen.Select(list => list.ToArray()));
    }

    [Fact]
    public async Task Call_SessionsOnFourThreads_GiveTheHashesOfASerialRun()
    {
        var environments = Enumerable.Range(1, 3).Select(i => LoadedEnvironment.Load(Library.Package(i + 1) with { Id = $"env-{i}" })).ToArray();
        using var engine = new EnvironmentEngine(new EngineOptions { MaximumIsolates = 3 }, Library.Clock);
        string Episode(int number)
        {
            var session = engine.Open(environments[number % 3], Seed.Root(number));
            return string.Join('\n', Enumerable.Range(0, 12).Select(i => Step(session, i + number)));
        }

        var serial = Enumerable.Range(0, 40).Select(Episode).ToArray();
        var parallel = new string[serial.Length];
        await Parallel.ForAsync(0, serial.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, (number, _) =>
        {
            parallel[number] = Episode(number);
            return ValueTask.CompletedTask;
        });

        Assert.Equal(serial, parallel);
    }

    [Fact]
    public void Call_AfterTheMemoryWasNearlyFull_GoesOnInNewIsolates()
    {
        var environments = Enumerable.Range(1, 3).Select(i => LoadedEnvironment.Load(Library.Package(i + 1) with { Id = $"env-{i}" })).ToArray();
        string[] Run(Action<EnvironmentEngine> between, Func<double> load)
        {
            using var engine = new EnvironmentEngine(new EngineOptions { MaximumIsolates = 3, MemoryLoad = load }, Library.Clock);
            var sessions = environments.Select(environment => engine.Open(environment, new Seed("1"))).ToArray();
            var seen = new List<string>();
            for (var i = 0; i < 12; i++)
            {
                seen.AddRange(sessions.Select(session => Step(session, i)));
                if (i == 5)
                {
                    between(engine);
                }
            }

            return [.. seen];
        }

        var plain = Run(engine => Assert.Equal(3, engine.Isolates), () => 0.5);
        var load = 0.5;
        var relieved = Run(
            engine =>
            {
                Volatile.Write(ref load, 0.95);
                Assert.True(SpinWait.SpinUntil(() => engine.Isolates == 0, TimeSpan.FromSeconds(30)));
                Volatile.Write(ref load, 0.5);
            },
            () => Volatile.Read(ref load));

        Assert.Equal(plain, relieved);
    }

    [Fact]
    public void Call_OddNumbersAndKeys_ReadTheSameAfterTheIsolateWasRecycled()
    {
        const string Put = """
            (db, args, env) => db.books.insert({ z: 1, book_id: "odd", title: "\ud800é\u0001", "10": 1, "9": 2, __proto__x: 3,
              n: [1e21, 1e-7, 0.00001, -0, 123456789012345680000, 0.1], nested: { b: undefined, a: [undefined] } })
            """;
        const string Get = "(db, args, env) => ({ row: db.books.get('odd'), all: db.books.all() })";
        var environment = LoadedEnvironment.Load(Library.Package(2, ("put_odd", Put), ("get_odd", Get)));
        var other = LoadedEnvironment.Load(Library.Package(1) with { Id = "env-other" });
        using var engine = new EnvironmentEngine(new EngineOptions { MaximumIsolates = 1 }, Library.Clock);
        var session = engine.Open(environment, new Seed("1"));
        Assert.Null(session.Call("put_odd").ErrorCode);
        var before = session.Call("get_odd").Content;

        engine.Open(other, new Seed("1")).Call("list_books");

        Assert.Equal(before, session.Call("get_odd").Content);
    }

    [Fact]
    public void Call_AfterDispose_IsRefused()
    {
        var engine = new EnvironmentEngine(new EngineOptions(), Library.Clock);
        var session = engine.Open(LoadedEnvironment.Load(Library.Package()), new Seed("1"));
        engine.Dispose();

        Assert.Throws<ObjectDisposedException>(() => session.Call("list_books"));
    }

    private static string Step(EnvironmentSession session, int i)
    {
        var book = "b" + ((i % 3) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var result = (i % 4) switch
        {
            0 => session.Call("lend_book", $$"""{"book_id":"{{book}}"}"""),
            1 => session.Call("set_title", $$"""{"book_id":"{{book}}","title":"T{{i}}"}"""),
            2 => session.Call("list_books"),
            _ => session.Call("delete_book", $$"""{"book_id":"{{book}}"}"""),
        };
        return result.Content + " " + session.StateHash;
    }
}
