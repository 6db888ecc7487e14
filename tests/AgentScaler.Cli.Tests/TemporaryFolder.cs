using System.Globalization;

namespace AgentScaler.Cli.Tests;

/// <summary>A folder that exists as long as a test needs it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private static int count;

    public TemporaryFolder()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"agentscaler-tests-{Environment.ProcessId}-{Interlocked.Increment(ref count)}");
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), name);
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text file and gives its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
