using System.Runtime.CompilerServices;
using System.Text;

namespace AgentScaler.Datasets;

/// <summary>Finds and reads the rows of datasets on disk, one line at a time.</summary>
public static class DatasetRows
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The folder that holds <c>dataset/</c> and, beside it, <c>rejected.jsonl</c>.</summary>
    /// <param name="directory">A campaign's folder, or the <c>dataset</c> folder in it.</param>
    /// <exception cref="DatasetException">It holds no dataset.</exception>
    public static string FindRoot(string directory) =>
        File.Exists(Path.Combine(directory, "dataset", DatasetManifest.FileName)) ? directory
        : File.Exists(Path.Combine(directory, DatasetManifest.FileName)) ? Path.GetDirectoryName(Path.GetFullPath(directory).TrimEnd(Path.DirectorySeparatorChar))!
        : throw new DatasetException($"'{directory}' holds no dataset: expected {DatasetManifest.FileName} in it or in its folder 'dataset'");

    /// <summary>The file of canonical rows.</summary>
    /// <param name="path">Such a file itself, a campaign's folder, or the <c>dataset</c> folder in it.</param>
    /// <exception cref="DatasetException">There is none.</exception>
    public static string FindFile(string path) => File.Exists(path) ? path : Path.Combine(FindRoot(path), "dataset", "canonical.jsonl");

    /// <summary>The lines of a file.</summary>
    /// <exception cref="DatasetException">The file is not UTF-8.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(file, Utf8, detectEncodingFromByteOrderMarks: false, new FileStreamOptions { BufferSize = 1 << 16, Options = FileOptions.SequentialScan });
        long number = 0;
        while (true)
        {
            string? line;
            try
            {
                line = await reader.ReadLineAsync(cancellationToken);
            }
            catch (DecoderFallbackException)
            {
                throw new DatasetException($"{file}:{number + 1}: expected UTF-8");
            }

            if (line is null)
            {
                yield break;
            }

            number++;
            yield return line;
        }
    }
}
