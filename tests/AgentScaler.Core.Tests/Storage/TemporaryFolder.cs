using System.Globalization;

namespace AgentScaler.Core.Tests.Storage;

/// <summary>A folder that goes with its test; its name is unique among the processes of the machine.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private static int last;

    public TemporaryFolder()
    {
        do
        {
            Path = System.IO.Path.Combine(
                System.IO.Path.GetTempPath(),
                string.Create(CultureInfo.InvariantCulture, $"agentscaler-tests-{Environment.ProcessId}-{Interlocked.Increment(ref last)}"));
        }
        while (Directory.Exists(Path));
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
