using System.Runtime.CompilerServices;
using System.Text;
using AgentScaler.Datasets.Writers;

namespace AgentScaler.Datasets;

/// <summary>Finds and reads the rows of datasets on disk, one line at a time.</summary>
public static class DatasetRows
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The folder that holds <c>dataset/</c> and, beside it, <c>rejected.jsonl</c>.</summary>
    /// <param name="directory">A campaign's folder, or the <c>dataset</c> folder in it.</param>
    /// <exception cref="DatasetException">It holds no dataset.</exception>
    public static string FindRoot(string directory) => DatasetFolder.FindRoot(directory)
        ?? throw new DatasetException($"'{directory}' holds no dataset: expected a folder 'dataset' in it that has a {DatasetManifest.FileName}, or that folder itself");

    /// <summary>The file of canonical rows.</summary>
    /// <param name="path">Such a file itself, a campaign's folder, or the <c>dataset</c> folder in it.</param>
    /// <exception cref="DatasetException">There is none.</exception>
    public static string FindFile(string path) => File.Exists(path) ? path : Path.Combine(FindRoot(path), "dataset", "canonical.jsonl");

    /// <summary>How many rows <see cref="FindFile"/>'s file has by its dataset's manifest; 0 for a file itself, of which nobody knows.</summary>
    /// <exception cref="DatasetException">There is no dataset, or its manifest can't be read.</exception>
    public static async Task<long> CountAsync(string path, CancellationToken cancellationToken) => File.Exists(path)
        ? 0
        : (await DatasetManifestFile.ReadAsync(FindRoot(path), cancellationToken)).Files.FirstOrDefault(file => file.Path == "dataset/canonical.jsonl")?.Rows ?? 0;

    /// <summary>The lines of a file.</summary>
    /// <exception cref="DatasetException">The file is not there, or not UTF-8.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new DatasetException($"{file}: expected a file of rows, found none");
        }

        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        long number = 0;
        await foreach (var line in LineReader.ReadAsync(stream, cancellationToken))
        {
            number++;
            string text;
            try
            {
                text = Utf8.GetString(line.Span);
            }
            catch (DecoderFallbackException)
            {
                throw new DatasetException($"{file}:{number}: expected UTF-8");
            }

            yield return text.EndsWith('\r') ? text[..^1] : text;
        }
    }
}
