using System.Diagnostics;
using System.Globalization;
using AgentScaler.Models;
using AgentScaler.Models.Clients;
using AgentScaler.Models.Spending;
using AgentScaler.ModelServers;
using AgentScaler.Storage;
using Microsoft.Extensions.AI;

namespace AgentScaler.Performance;

/// <summary>Calls through everything that stands around a model (kept replies, spans, retries, gate, budget, ledger, the OpenAI package), against the tests' server on this machine.</summary>
internal static class ModelsBenchmark
{
    private const int Slots = 64;
    private const int WarmUp = 2_000;
    private const int Calls = 20_000;
    private const long Megabyte = 1 << 20;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs the measurement and prints a table.</summary>
    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("agentscaler-models-").FullName;
        try
        {
            await using var server = await ChatServer.StartAsync(new ChatServerOptions { Latency = Latency });
            using var artifacts = new FolderArtifactStore(Path.Combine(folder, "artifacts"));
            using var state = new SqliteStateStore(Path.Combine(folder, "state.db"));
            using var host = new ModelHost(TimeProvider.System, _ => null);
            var ledger = await SpendLedger.OpenAsync(state, TimeProvider.System, "benchmark", "this", CancellationToken.None);
            var guard = new BudgetGuard(ledger, _ => ValueTask.FromResult(new Budget { Usd = 1e6 }), TimeProvider.System);
            var endpoint = new ModelEndpoint { Address = server.Endpoint, Concurrency = Slots, InputPrice = 1, OutputPrice = 2 };
            var agent = host.Open(new ModelsSettings { Agent = new ModelSettings { Model = "m" } }, _ => endpoint, ReplyMode.Cache, artifacts, ledger, guard).Of(ModelRole.Agent)!;
            await AskAsync(agent, 0, WarmUp);

            var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            await AskAsync(agent, WarmUp, Calls);
            var perSecond = Calls / watch.Elapsed.TotalSeconds;
            var used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            using var process = Process.GetCurrentProcess();
            Measurement[] measurements =
            [
                new("calls at 200 ms and 64 slots", perSecond, "1/s", null, HigherIsBetter: true),
                new("of ideal", 100 * perSecond / (Slots / Latency.TotalSeconds), "%", 93, HigherIsBetter: true),
                new("CPU a call, server included", 1000 * used / Calls, "ms", null, HigherIsBetter: false),
                new("peak memory, server included", process.PeakWorkingSet64 / (double)Megabyte, "MB", 300, HigherIsBetter: false),
                new("calls that the ledger misses", server.Tally.Completed - ledger.Total.Requests, "", 0, HigherIsBetter: false),
            ];
            foreach (var measurement in measurements)
            {
                Console.WriteLine(measurement);
            }

            return measurements.All(measurement => measurement.IsMet) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task AskAsync(RoleModel agent, int first, int count)
    {
        var next = first - 1;
        return Task.WhenAll(Enumerable.Range(0, Slots).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < first + count;)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"Where is book {i}?");
                await agent.AskAsync([new ChatMessage(ChatRole.System, "You are a librarian."), new ChatMessage(ChatRole.User, text)], new ModelCall(0, 0));
            }
        })));
    }
}
