using AgentScaler.Benchmarks.TauBench;
using AgentScaler.Core.Tests;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Replay;

namespace AgentScaler.Benchmarks.Tests.TauBench;

/// <summary>What the official implementation recorded, replayed on our packages.</summary>
public sealed class OfficialRecordingsTests : IDisposable
{
    private readonly EnvironmentEngine engine = new(new EngineOptions { MaximumIsolates = 1 }, new FrozenClock(DateTimeOffset.UnixEpoch));

    public void Dispose() => engine.Dispose();

    [SkippableTheory]
    [InlineData("retail", "golden_*")]
    [InlineData("retail", "errors*")]
    [InlineData("retail", "score_*")]
    [InlineData("airline", "golden_*")]
    [InlineData("airline", "errors*")]
    [InlineData("airline", "score_*")]
    public void Replay_EveryRow_IsAsRecorded(string domain, string files)
    {
        var data = Data(domain);
        var replay = new TauBenchReplay(TauBenchEnvironment.Load(data, engine), data);
        var found = Directory.GetFiles(data.Folder.Path, files + ".jsonl.gz");

        Assert.NotEmpty(found);
        foreach (var file in found)
        {
            var report = CallsReplay.Run(file, replay);
            Assert.Empty(report.Differences);
            Assert.Equal(0, report.Failed);
            Assert.True(report.Passed > 0);
        }
    }

    [SkippableTheory]
    [InlineData("retail")]
    [InlineData("airline")]
    public void Digests_InitialState_AreTheOfficialOnes(string domain)
    {
        var data = Data(domain);
        var environment = TauBenchEnvironment.Load(data, engine);
        var hashes = data.Folder.ReadJson("initial_hashes.json");
        var session = environment.Open();

        Assert.Equal(hashes.GetProperty("official_hash").GetString(), environment.Official.Of(session));
        Assert.Equal(hashes.GetProperty("canon_sha256").GetString(), environment.Canonical.Of(session));
        Assert.Equal(hashes.GetProperty("canon_loose_sha256").GetString(), environment.CanonicalLoose.Of(session));
    }

    private static TauBenchData Data(string domain)
    {
        var root = SharedData.Find("benchmarks");
        Skip.If(root is null, "no benchmark data: shared/benchmarks is not beside the repository");
        return TauBenchData.Open(root!, TauBenchDomain.Find(domain)!);
    }
}
