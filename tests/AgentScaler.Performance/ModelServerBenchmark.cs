using System.Diagnostics;
using System.Globalization;
using System.Text;
using AgentScaler.ModelServers;

namespace AgentScaler.Performance;

/// <summary>
/// The tests' model server with plain HTTP clients in the same process: what a client could reach at most. Small bodies, answers whole.
/// </summary>
internal static class ModelServerBenchmark
{
    private const int Slots = 64;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs both measurements and prints a table.</summary>
    public static async Task<int> RunAsync()
    {
        var (plain, cpu) = await MeasureAsync(TimeSpan.Zero);
        var (late, _) = await MeasureAsync(Latency);
        Measurement[] measurements =
        [
            new("requests without latency", plain, "1/s", 2000, HigherIsBetter: true),
            new("the same, of CPU, clients included", cpu, "1/cpu s", null, HigherIsBetter: true),
            new("of ideal at 200 ms and 64 slots", 100 * late / (Slots / Latency.TotalSeconds), "%", 93, HigherIsBetter: true),
        ];
        foreach (var measurement in measurements)
        {
            Console.WriteLine(measurement);
        }

        return measurements.All(m => m.IsMet) ? 0 : 1;
    }

    private static async Task<(double PerSecond, double PerCpuSecond)> MeasureAsync(TimeSpan latency)
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Latency = latency });
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Slots });
        await AskAsync(client, server, TimeSpan.FromSeconds(1));
        var before = server.Tally.Completed;
        var (watch, used) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await AskAsync(client, server, Duration);
        var done = server.Tally.Completed - before;
        return (done / watch.Elapsed.TotalSeconds, done / (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }

    private static Task AskAsync(HttpClient client, ChatServer server, TimeSpan duration)
    {
        var url = new Uri(server.Endpoint + "/chat/completions");
        var start = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, Slots).Select(slot => Task.Run(async () =>
        {
            for (var i = 0; Stopwatch.GetElapsedTime(start) < duration; i++)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"Where is book {slot}-{i}?");
                using var body = new StringContent($$"""{"model":"m","messages":[{"role":"user","content":"{{text}}"}]}""", Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync(url, body);
                answer.EnsureSuccessStatusCode();
            }
        })));
    }
}
