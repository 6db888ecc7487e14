using System.Security.Cryptography;
using System.Text;

namespace AgentScaler.Datasets;

/// <summary>Writes a file of lines and counts and hashes it as it goes; it appears whole or not at all.</summary>
internal sealed class DatasetFileWriter : IAsyncDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string path;
    private readonly FileStream stream;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long bytes;

    /// <summary>Begins a file, and the folders above it.</summary>
    public DatasetFileWriter(string path)
    {
        this.path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        stream = new FileStream(path + ".part", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
    }

    /// <summary>Lines so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes a line; the line feed is added.</summary>
    public Task LineAsync(string line, CancellationToken cancellationToken) => LineAsync(Utf8.GetBytes(line + "\n"), cancellationToken);

    /// <summary>Writes a line that ends in its line feed.</summary>
    public async Task LineAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        hash.AppendData(line.Span);
        bytes += line.Length;
        Rows++;
        await stream.WriteAsync(line, cancellationToken);
    }

    /// <summary>Ends the file and puts it in its place.</summary>
    /// <param name="name">How a manifest names it.</param>
    /// <param name="rows">Records in it, where it has any.</param>
    public async Task<DatasetFile> CompleteAsync(string name, long? rows, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken);
        stream.Flush(flushToDisk: true);
        await stream.DisposeAsync();
        File.Move(path + ".part", path, overwrite: true);
        return new DatasetFile(name, Path.GetFileName(name), Convert.ToHexStringLower(hash.GetHashAndReset()), bytes, rows);
    }

    /// <summary>Writes a whole file.</summary>
    public static async Task<DatasetFile> WriteAsync(string path, string name, string text, CancellationToken cancellationToken)
    {
        await using var writer = new DatasetFileWriter(path);
        await writer.LineAsync(Utf8.GetBytes(text), cancellationToken);
        return await writer.CompleteAsync(name, null, cancellationToken);
    }

    /// <summary>Leaves no half file behind.</summary>
    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        hash.Dispose();
        File.Delete(path + ".part");
    }
}
