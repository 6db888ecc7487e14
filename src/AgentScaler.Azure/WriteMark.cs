using System.Diagnostics;
using System.Globalization;
using AgentScaler.Determinism;

namespace AgentScaler.Azure;

/// <summary>
/// The name of one single write, stored with what it wrote. A store whose answer was lost looks for its mark to learn whether the write was
/// done: content can't tell, because another writer may have written the same. Marks shape no data and no file of a campaign.
/// </summary>
internal static class WriteMark
{
    /// <summary>Characters of a mark: 48 bits, compared only with the marks of one row or blob.</summary>
    public const int Length = 12;

    private static readonly string Writer = OfThisProcess();

    private static long last;

    /// <summary>A mark that no other write has, in this and in other processes.</summary>
    public static string Next() =>
        Sha256Text.Of(string.Create(CultureInfo.InvariantCulture, $"{Writer}/{Interlocked.Increment(ref last)}"))[..Length];

    /// <summary>Machine, process and its start: process ids alone repeat, in containers nearly always.</summary>
    private static string OfThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{process.Id}/{process.StartTime.ToUniversalTime().Ticks}");
    }
}
