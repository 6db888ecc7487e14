using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using AgentScaler.Datasets.Writers;
using Parquet;
using Parquet.Serialization;

namespace AgentScaler.Datasets.Validation;

/// <summary>Reads the rows of a file one by one, whichever kind of file it is, and has them checked.</summary>
internal static class RowReading
{
    /// <summary>Problems reported before it gives up on a file.</summary>
    public const int MostProblems = 200;

    /// <summary>What is counted while a file's rows are checked.</summary>
    public static string Counted(string name) => $"rows of {name} checked";

    /// <summary>Checks every row of a file and their number.</summary>
    /// <param name="name">What problems call the file.</param>
    /// <param name="progress">Told how many rows are checked; or null.</param>
    public static async Task CheckAsync(
        string path, string name, long rows, IRowCheck check, List<DatasetProblem> problems, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        long line = 0;
        var what = Counted(name);
        var before = problems.Count;
        var expect = new RowExpectations((place, expected) => problems.Add(new DatasetProblem(name, line, place, expected)));
        try
        {
            var source = path.EndsWith(".parquet", StringComparison.Ordinal) ? ColumnsAsync(path, cancellationToken) : LinesAsync(path, expect, () => line++, cancellationToken);
            await foreach (var row in source)
            {
                line += path.EndsWith(".parquet", StringComparison.Ordinal) ? 1 : 0;
                if (expect.Is(row, "$", JsonValueKind.Object))
                {
                    Check(check, row, expect);
                }

                progress?.Report(new CountProgress(line, rows, what));
                if (problems.Count - before > MostProblems)
                {
                    problems.Add(new(name, line, "$", $"more than {MostProblems} problems; the rest of the file was not read"));
                    return;
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ParquetException or FormatException or OverflowException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or NotSupportedException)
        {
            // Damaged columns make the Parquet reader fail in many ways.
            problems.Add(new(name, line + 1, "$", $"expected a file that can be read: {e.Message}"));
            return;
        }

        if (line != rows)
        {
            problems.Add(new(name, 0, "$", $"expected {rows} rows as the manifest says, found {line}"));
        }
    }

    private static void Check(IRowCheck check, JsonElement row, RowExpectations expect)
    {
        try
        {
            check.Row(row, expect);
        }
        catch (InvalidOperationException e)
        {
            // Text with half a surrogate pair is valid JSON, but no text.
            expect.Fail("$", $"expected texts of whole characters: {e.Message}");
        }
    }

    private static async IAsyncEnumerable<JsonElement> LinesAsync(
        string path, RowExpectations expect, Action next, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        await foreach (var text in LineReader.ReadAsync(stream, cancellationToken))
        {
            next();
            if (!Utf8.IsValid(text.Span))
            {
                expect.Fail("$", "expected UTF-8");
                continue;
            }

            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 });
            }
            catch (JsonException e)
            {
                expect.Fail("$", $"expected JSON: {e.Message}");
                continue;
            }

            using (document)
            {
                yield return document.RootElement;
            }
        }
    }

    /// <summary>Rows of columns, a row group at a time.</summary>
    private static async IAsyncEnumerable<JsonElement> ColumnsAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        int groups;
        await using (var reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: cancellationToken))
        {
            groups = reader.RowGroupCount;
        }

        for (var group = 0; group < groups; group++)
        {
            stream.Position = 0;
            var rows = await ParquetSerializer.DeserializeUntypedAsync(stream, rowGroupIndex: group, cancellationToken: cancellationToken);
            foreach (var row in rows.Data)
            {
                yield return JsonSerializer.SerializeToElement(row);
            }
        }
    }
}
