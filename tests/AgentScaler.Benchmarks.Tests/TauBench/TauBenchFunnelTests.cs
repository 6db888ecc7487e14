using System.IO.Compression;
using System.Text.Json;
using AgentScaler.Benchmarks.TauBench;
using AgentScaler.Core.Tests;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Funnel;
using Xunit.Abstractions;

namespace AgentScaler.Benchmarks.Tests.TauBench;

/// <summary>Recorded conversations with official rewards, through our funnel.</summary>
public sealed class TauBenchFunnelTests(ITestOutputHelper output) : IDisposable
{
    private readonly EnvironmentEngine engine = new(new EngineOptions { MaximumIsolates = 1 }, new FrozenClock(DateTimeOffset.UnixEpoch));

    public void Dispose() => engine.Dispose();

    [SkippableTheory]
    [InlineData("retail")]
    [InlineData("airline")]
    public void Judge_EveryScoredConversation_AgreesOnStateAndOutputs(string domain)
    {
        var verdicts = Verdicts(domain);
        Assert.NotEmpty(verdicts);
        Assert.Contains(verdicts, verdict => verdict.Reward == 1);
        Assert.Contains(verdicts, verdict => verdict.Reward == 0);
        Assert.Empty(verdicts.Where(verdict => !verdict.AgreesOnParts)
            .Select(verdict => $"{verdict.Task} {verdict.Variant}: official {verdict.Reward} (state {verdict.ActionsRight}, outputs {verdict.OutputsSaid}), here {verdict.Parts}"));
    }

    /// <summary>The funnel never keeps what the benchmark does not reward; what it turns down although rewarded is stricter by design, and listed here.</summary>
    [SkippableTheory]
    [InlineData("retail")]
    [InlineData("airline")]
    public void Judge_EveryScoredConversation_IsStricterOnlyByDesign(string domain)
    {
        var different = Verdicts(domain).Where(verdict => !verdict.AgreesOnVerdict).ToList();
        foreach (var group in different.GroupBy(verdict => (verdict.Variant, verdict.Verdict.Stage, verdict.Verdict.Reason, verdict.ReadOnlyGold)).OrderBy(group => group.Key.Variant, StringComparer.Ordinal))
        {
            output.WriteLine($"{domain}: {group.Count()} x {group.Key.Variant}, gold {(group.Key.ReadOnlyGold ? "reads" : "writes")}: rewarded, here {group.Key.Stage}: {group.Key.Reason}, e.g. {group.First().Task}: {group.First().Verdict.Detail}");
        }

        Assert.DoesNotContain(different, verdict => verdict.Verdict.Kept);

        // Where gold only reads, the benchmark rewards doing nothing, or anything that leaves the database alone; the paper's third stage asks for gold's calls.
        Assert.All(different, verdict => Assert.True(verdict is { ReadOnlyGold: true, Verdict.Stage: FunnelStage.ExactMatch }, $"{verdict.Task} {verdict.Variant}: {verdict.Verdict}"));
    }

    private List<TauBenchVerdict> Verdicts(string domain)
    {
        var root = SharedData.Find("benchmarks");
        Skip.If(root is null, "no benchmark data: shared/benchmarks is not beside the repository");
        var data = TauBenchData.Open(root!, TauBenchDomain.Find(domain)!);
        var funnel = new TauBenchFunnel(TauBenchEnvironment.Load(data, engine), data, engine, new FunnelSettings(), "test", "dev", "train");
        var verdicts = new List<TauBenchVerdict>();
        foreach (var file in Directory.GetFiles(data.Folder.Path, "score_*.jsonl.gz").Order(StringComparer.Ordinal))
        {
            using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (lines.ReadLine() is { } line)
            {
                verdicts.Add(funnel.Judge(JsonElement.Parse(line)));
            }
        }

        return verdicts;
    }
}
