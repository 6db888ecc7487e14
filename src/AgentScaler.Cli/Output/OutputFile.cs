using System.IO.Compression;
using System.Text;

namespace AgentScaler.Cli.Output;

/// <summary>Text files that commands write: UTF-8, lines end in LF, packed if the name ends in <c>.gz</c>.</summary>
internal static class OutputFile
{
    /// <summary>Creates a file and the folders above it.</summary>
    public static StreamWriter Create(FileInfo file) => Create(file, file.Extension == ".gz");

    /// <summary>Writes a file that appears whole or not at all; what was there before stays until then.</summary>
    public static async Task WriteAsync(FileInfo file, Func<StreamWriter, Task> write)
    {
        var partial = new FileInfo(file.FullName + ".part");
        try
        {
            await using (var writer = Create(partial, file.Extension == ".gz"))
            {
                await write(writer);
            }

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
