using System.Diagnostics;
using System.Globalization;
using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Datasets;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Tasks;

namespace AgentScaler.Performance;

/// <summary>
/// Scripted episodes a second through roll-out and funnel, as a campaign's steps do it: episodes written to a folder and read again, replayed, judged, trajectories,
/// difficulties and pairs written. Environments and tasks are built before the clock starts; what a unit wrote is deleted when it is done.
/// </summary>
internal static class EpisodesBenchmark
{
    private const double Megabyte = 1e6;
    private const int Tenths = 10;
    private const double WantedRate = 300;
    private const double MostMegabytes = 600;

    /// <summary>
    /// What counts as flat: over the last half memory grows by no more than this share. It rises and falls by tens of megabytes within seconds, with each garbage
    /// collection and each time V8 compiles, so means of tenths are compared.
    /// </summary>
    private const double FlatShare = 0.1;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (episodes, parallelism, paths) = Read(arguments);
        if (paths.Count == 0)
        {
            Console.Error.WriteLine("episodes needs at least one file, folder or glob of tools; see --help");
            return 2;
        }

        var directory = Directory.CreateTempSubdirectory("agentscaler-episodes-");
        try
        {
            using var engine = new EnvironmentEngine(new EngineOptions(), TimeProvider.System);
            using var store = new FolderArtifactStore(directory.FullName);
            var units = await PrepareAsync(paths, engine, store);
            Console.WriteLine(Text($"{units.Count:N0} environments, {units.Sum(unit => unit.Tasks):N0} tasks; {parallelism} steps at once on {Environment.ProcessorCount} processors"));
            return await MeasureAsync(units, episodes, parallelism, engine, store, directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(IReadOnlyList<Unit> units, int episodes, int parallelism, EnvironmentEngine engine, FolderArtifactStore store, string directory)
    {
        var settings = new EpisodeSettings();
        var trials = settings.Trials;
        using var process = Process.GetCurrentProcess();
        var tenths = new List<(double Rate, double Megabytes)>();
        var samples = new List<double>();
        long done = 0, kept = 0, last = 0;
        var gate = new Lock();
        var (whole, lap, cpu) = (Stopwatch.StartNew(), Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await Parallel.ForEachAsync(
            Rounds(),
            new ParallelOptions { MaxDegreeOfParallelism = parallelism },
            async (item, token) =>
            {
                var (unit, seed) = item;
                var identity = new CampaignIdentity { Seed = seed, Episodes = settings };
                var prefix = $"round-{seed}/{unit.Name}/";
                var shards = new List<string>();
                foreach (var (i, shard) in unit.Shards.Index())
                {
                    shards.Add(await RunAsync(new RollOutStep(engine, new NoModels()), $"{prefix}shard-{i}/", [unit.Outcome, shard]));
                }

                var judged = await store.ReadJsonAsync<Judgement>(await RunAsync(new JudgeStep(engine, new NoModels()), $"{prefix}judged/", [unit.Outcome, unit.TasksFile, .. shards]), token);
                Directory.Delete(Path.Combine(directory, $"round-{seed}", unit.Name), recursive: true);
                lock (gate)
                {
                    done += judged.Funnel.Counts.Episodes;
                    kept += judged.Funnel.Counts.Kept;
                    process.Refresh();
                    samples.Add(process.WorkingSet64 / Megabyte);
                    if (done >= (tenths.Count + 1) * (long)episodes / Tenths)
                    {
                        tenths.Add(((done - last) / lap.Elapsed.TotalSeconds, samples.Average()));
                        Console.WriteLine(Text($"{done,9:N0} episodes {tenths[^1].Rate,8:N0} /s {tenths[^1].Megabytes,8:N0} MB on average, managed {GC.GetTotalMemory(forceFullCollection: false) / Megabyte,6:N0} of {GC.GetGCMemoryInfo().TotalCommittedBytes / Megabyte,6:N0} MB, {kept:N0} kept"));
                        last = done;
                        samples.Clear();
                        lap.Restart();
                    }
                }

                async Task<string> RunAsync(IStep step, string name, IReadOnlyList<string> inputs) =>
                    (await step.RunAsync(new StepRun(name, step.SelectSettings(identity), inputs, name, store), token)).Output;
            });
        process.Refresh();
        var half = tenths.Skip(tenths.Count / 2).Select(tenth => tenth.Megabytes).ToList();
        Measurement[] results =
        [
            new("episodes a second, whole run", done / whole.Elapsed.TotalSeconds, "/s", WantedRate, HigherIsBetter: true),
            new("episodes a CPU second", done / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, "/s", null, HigherIsBetter: true),
            new("slowest tenth", tenths.Min(tenth => tenth.Rate), "/s", null, HigherIsBetter: true),
            new("peak memory", process.PeakWorkingSet64 / Megabyte, "MB", MostMegabytes, HigherIsBetter: false),
            new("growth over the last half", half.Count < 2 ? 0 : 100 * ((half[^1] / half[0]) - 1), "%", 100 * FlatShare, HigherIsBetter: false),
        ];
        foreach (var result in results)
        {
            Console.WriteLine(result);
        }

        return results.All(result => result.IsMet) ? 0 : 1;

        IEnumerable<(Unit Unit, int Seed)> Rounds()
        {
            long planned = 0;
            for (var seed = 1; planned < episodes; seed++)
            {
                foreach (var unit in units)
                {
                    if (planned >= episodes)
                    {
                        yield break;
                    }

                    planned += unit.Tasks * (long)trials;
                    yield return (unit, seed);
                }
            }
        }
    }

    private static async Task<IReadOnlyList<Unit>> PrepareAsync(IReadOnlyList<string> paths, EnvironmentEngine engine, FolderArtifactStore store)
    {
        var seed = Seed.Root(1);
        var settings = new TaskSettings();
        var builder = new EnvironmentBuilder(new EnvironmentSettings(), engine);
        var units = new List<Unit>();
        foreach (var domain in CatalogueDomains.Of(paths, seed).Domains)
        {
            var build = builder.Build(domain, seed.Child(domain.Id));
            if (build.Package is not { } package
                || new TaskBuilder(settings, engine, new OutcomeJudge()).Build(package, domain.Dependencies, seed.Child("tasks").Child(package.Id)).Tasks is not { Count: > 0 } tasks)
            {
                continue;
            }

            var prefix = $"given/{units.Count}/";
            await PackageFolder.WriteAsync(store, prefix + "package/", package, CancellationToken.None);
            await store.TryCreateJsonAsync(prefix + "outcome.json", build.Outcome, CancellationToken.None);
            await store.TryCreateLinesAsync(prefix + "tasks.jsonl", tasks, CancellationToken.None);
            var shards = new List<string>();
            foreach (var shard in tasks.Chunk(settings.ShardSize))
            {
                shards.Add($"{prefix}shard-{shards.Count}.jsonl");
                await store.TryCreateLinesAsync(shards[^1], shard, CancellationToken.None);
            }

            units.Add(new Unit($"environment-{units.Count}", prefix + "outcome.json", prefix + "tasks.jsonl", shards, tasks.Count));
        }

        return units;
    }

    private static (int Episodes, int Parallelism, IReadOnlyList<string> Paths) Read(string[] arguments)
    {
        var (episodes, parallelism) = (100_000, 2);
        var paths = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is "--episodes" or "--parallelism" && i + 1 < arguments.Length && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                (episodes, parallelism) = arguments[i] == "--episodes" ? (number, parallelism) : (episodes, number);
                i++;
            }
            else
            {
                paths.Add(arguments[i]);
            }
        }

        return (episodes, parallelism, paths);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>An environment with its tasks, ready to be rolled out.</summary>
    private sealed record Unit(string Name, string Outcome, string TasksFile, IReadOnlyList<string> Shards, int Tasks);
}
