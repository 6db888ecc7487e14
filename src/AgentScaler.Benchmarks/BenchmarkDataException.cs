namespace AgentScaler.Benchmarks;

/// <summary>A benchmark's data is missing or not what was expected; the message names file, place and expectation.</summary>
public sealed class BenchmarkDataException(string file, string place, string expectation, Exception? inner = null)
    : Exception($"{file}, {place}: {expectation}", inner)
{
    /// <summary>The file.</summary>
    public string File => file;
}
