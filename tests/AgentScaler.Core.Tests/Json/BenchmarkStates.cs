using System.IO.Compression;
using System.Text.Json;

namespace AgentScaler.Core.Tests.Json;

/// <summary>Initial states of tau-bench with the hashes that the official code gives them.</summary>
internal static class BenchmarkStates
{
    public static (JsonDocument State, JsonElement Hashes) Read(string domain)
    {
        var folder = SharedData.Find("benchmarks/tau_bench/" + domain);
        Skip.If(folder is null, "no benchmark data: shared/benchmarks/tau_bench is not beside the repository");
        using var file = File.OpenRead(Path.Combine(folder!, "db.json.gz"));
        using var json = new GZipStream(file, CompressionMode.Decompress);
        return (JsonDocument.Parse(json), JsonElement.Parse(File.ReadAllText(Path.Combine(folder!, "initial_hashes.json"))));
    }
}
