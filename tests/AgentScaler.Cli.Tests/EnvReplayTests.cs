using System.Text.Json;

namespace AgentScaler.Cli.Tests;

/// <summary><c>env replay</c> on a package of one tool, written as a user would write it.</summary>
public sealed class EnvReplayTests : IDisposable
{
    private const string Program = "(db, args, env) => { const count = db.counters.get('c').count + args.by; db.counters.update('c', { count }); return { count }; }";

    private readonly TemporaryFolder folder = new();

    public EnvReplayTests()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["schema.json"] = """{"collections":[{"name":"counters","entity":"counter","key":"id","fields":[{"name":"id","type":{"type":"string"}},{"name":"count","type":{"type":"integer"}}]}]}""",
            ["tools.json"] = """
                [{"spec":{"id":"tool-1","name":"count_up","originalName":"count_up","description":"Counts.","parameters":{"type":"object","properties":{"by":{"type":"integer"}}},"tags":[],
                "source":{"provider":"p","document":"0","place":"/","dialect":"openai-tools"}},"writes":true,"binding":{"kind":"other","collection":"counters"}}]
                """,
            ["programs/count_up.js"] = Program,
            ["policy.md"] = "",
            ["state.json"] = """[{"collection":"counters","key":"c","row":{"id":"c","count":1}}]""",
        };
        foreach (var (name, text) in files)
        {
            Write(name, text);
        }

        var hashes = files.ToDictionary(file => file.Key, file => Determinism.Sha256Text.Of(file.Value));
        Write("manifest.json", JsonSerializer.Serialize(new { format = 1, id = "env-count", name = "count", now = "2025-01-01T00:00:00Z", keepChangesOnError = false, files = hashes }));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RunAsync_CallsAsRecorded_PassAndExitWithZero()
    {
        Write("calls.jsonl", """
            {"id":"a","calls":[{"tool":"count_up","arguments":{"by":2},"result":"{\"count\":3}","isError":false,"rowsChanged":1}],"diff":[[["counters","c","count"],1,3]]}
            {"id":"b","initial":[{"collection":"counters","key":"c","row":{"id":"c","count":7}}],"calls":[{"tool":"count_up","arguments":{"by":"x"},"isError":true,"errorCode":"invalid_arguments"}],"diff":[]}
            """);
        var (code, output, _) = await RunAsync("--calls", Path.Combine(folder.Path, "calls.jsonl"));

        Assert.Equal(CommandLine.Success, code);
        Assert.Equal("2 passed, 0 failed" + Environment.NewLine, output);
    }

    [Fact]
    public async Task RunAsync_CallsNotAsRecorded_AreNamedAndExitWithOne()
    {
        Write("calls.jsonl", """
            {"id":"a","calls":[{"tool":"count_up","arguments":{"by":2},"result":"{\"count\":4}"}]}
            not JSON
            """);
        var (code, output, _) = await RunAsync("--json", "--calls", Path.Combine(folder.Path, "calls.jsonl"));

        Assert.Equal(CommandLine.Failure, code);
        var report = JsonElement.Parse(output);
        Assert.Equal(2, report.GetProperty("failed").GetInt32());
        Assert.Equal("""a: call 0 (count_up): result: recorded {"count":4}, found {"count":3}""", report.GetProperty("differences")[0].GetString());
        Assert.StartsWith("line 2: ", report.GetProperty("differences")[1].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--benchmark", "tau_bench/retail")]
    [InlineData("--data", "somewhere")]
    public async Task RunAsync_PackageAndBenchmark_IsWrongUsage(params string[] arguments)
    {
        Write("calls.jsonl", "{}");
        var (code, _, error) = await RunAsync([.. arguments, "--calls", Path.Combine(folder.Path, "calls.jsonl")]);

        Assert.Equal(CommandLine.WrongUsage, code);
        Assert.Contains("either a package's folder, or --benchmark and --data", error, StringComparison.Ordinal);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["env", "replay", folder.Path, .. arguments], output, error, TimeProvider.System);
        return (code, output.ToString(), error.ToString());
    }
}
