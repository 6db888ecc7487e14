using System.IO.Compression;
using System.Text.Json;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Environments.Replay;

/// <summary>Replays files of recorded calls: JSON Lines, plain or gzipped, one independent row a line.</summary>
public static class CallsReplay
{
    /// <summary>Differences that a report lists.</summary>
    public const int FirstDifferences = 20;

    private const int MaximumDepth = 256;

    /// <summary>Replays a file. A row that can't be read, or whose call hits a limit of the sandbox, has failed; it never ends the run.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static CallsReport Run(string path, IRowReplay replay)
    {
        int passed = 0, failed = 0, calls = 0;
        var differences = new List<string>();
        var number = 0;
        foreach (var line in Lines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var outcome = Replay(replay, line, $"line {number}");
            calls += outcome.Calls;
            passed += outcome.Differences.Count == 0 ? 1 : 0;
            failed += outcome.Differences.Count == 0 ? 0 : 1;
            differences.AddRange(outcome.Differences.Take(FirstDifferences - differences.Count).Select(difference => $"{outcome.Id}: {difference}"));
        }

        return new CallsReport(passed, failed, calls, differences);
    }

    private static RowOutcome Replay(IRowReplay replay, string line, string place)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = MaximumDepth });
            return replay.Run(document.RootElement);
        }
        catch (Exception e) when (e is FormatException or JsonException or EpisodeAbortedException)
        {
            return new RowOutcome(place, 0, [e.Message]);
        }
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(IsGzip(file) ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static bool IsGzip(FileStream file)
    {
        var gzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return gzip;
    }
}
