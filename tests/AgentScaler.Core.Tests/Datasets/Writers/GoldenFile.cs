using System.Runtime.CompilerServices;
using System.Text;
using AgentScaler.Datasets.Writers;

namespace AgentScaler.Core.Tests.Datasets.Writers;

/// <summary>Records and rows written by hand: what goes into a format's file, and what must come out.</summary>
internal static class GoldenFile
{
    /// <summary>Format, its file, the rows that must be in it, and what is said to be lost.</summary>
    public static TheoryData<string, string, string, string> All => new()
    {
        { "openai", "train.jsonl", "openai.jsonl", "reasoning/Part/$.messages[2].reasoning_content" },
        { "openai-dpo", "train.jsonl", "openai-dpo.jsonl", "reasoning/Part/$.preferred[0].reasoning_content" },
        { "trl", "train.jsonl", "trl.jsonl", "untrained-message/Part/$.messages[7]" },
        { "trl", "preferences.jsonl", "trl-preferences.jsonl", "" },
        { "llama-factory", "train.jsonl", "llama-factory.jsonl", "text-beside-calls/Part/$.messages[2].content untrained-message/Part/$.messages[7]" },
        { "ms-swift", "train.jsonl", "ms-swift.jsonl", "plain-result/Part/$.messages[7].tool_calls" },
        { "axolotl", "train.jsonl", "axolotl.jsonl", "" },
        { "nemo-gym", "train.jsonl", "nemo-gym.jsonl", "" },
    };

    /// <summary>Format, its file and the rows that must be in it.</summary>
    public static IEnumerable<object[]> Rows => All.Select(row => row[..3]);

    public static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Datasets", "Writers", "Golden", name));

    /// <summary>The hand-made records of an input, a line each.</summary>
    public static string RecordsOf(ExportInput input) => Read(Path.GetFileName(input.Path) switch { "canonical.jsonl" => "trajectories.jsonl", var name => name });

    /// <summary>The file of rows of a format.</summary>
    public static ExportFile.Rows RowsOf(string format, string file) => DatasetFormat.Find(format)!.Files.OfType<ExportFile.Rows>().Single(candidate => candidate.Name == file);

    /// <summary>What a format's writer makes of records, and what it reports.</summary>
    public static async Task<(byte[] Bytes, long Rows, IReadOnlyList<ExportLoss> Losses)> WriteAsync(string format, string file, string records)
    {
        var losses = new ExportLosses(file);
        using var target = new MemoryStream();
        var rows = await RowsOf(format, file).WriteAsync(Lines(records), target, losses, null, CancellationToken.None);
        return (target.ToArray(), rows, losses.ToList());
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Lines(string records, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(records));
        await foreach (var line in LineReader.ReadAsync(stream, cancellationToken))
        {
            yield return line;
        }
    }
}
