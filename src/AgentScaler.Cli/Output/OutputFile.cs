using System.IO.Compression;
using System.Text;

namespace AgentScaler.Cli.Output;

/// <summary>Files that commands write; text is UTF-8, lines end in LF, packed if the name ends in <c>.gz</c>.</summary>
internal static class OutputFile
{
    /// <summary>Creates a file and the folders above it.</summary>
    public static StreamWriter Create(FileInfo file) => Create(file, file.Extension == ".gz");

    /// <summary>Writes a text file that appears whole or not at all; what was there before stays until then.</summary>
    public static Task WriteAsync(FileInfo file, Func<StreamWriter, Task> write) => WholeAsync(file, async partial =>
    {
        await using var writer = Create(partial, file.Extension == ".gz");
        await write(writer);
    });

    /// <summary>Writes a file of bytes that appears whole or not at all; what was there before stays until then.</summary>
    public static Task WriteBytesAsync(FileInfo file, Func<Stream, Task> write) => WholeAsync(file, async partial =>
    {
        partial.Directory!.Create();
        await using var stream = new FileStream(partial.FullName, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        await write(stream);
    });

    private static async Task WholeAsync(FileInfo file, Func<FileInfo, Task> write)
    {
        var partial = new FileInfo(file.FullName + ".part");
        try
        {
            await write(partial);
            File.Move(partial.FullName, file.FullName, overwrite: true);
        }
        catch
        {
            File.Delete(partial.FullName);
            throw;
        }
    }

    private static StreamWriter Create(FileInfo file, bool packed)
    {
        file.Directory!.Create();
        Stream stream = file.Create();
        if (packed)
        {
            stream = new GZipStream(stream, CompressionLevel.Fastest);
        }

        return new StreamWriter(stream, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
    }
}
