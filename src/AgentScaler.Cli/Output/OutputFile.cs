using System.IO.Compression;
using System.Text;

namespace AgentScaler.Cli.Output;

/// <summary>Text files that commands write: UTF-8, lines end in LF, packed if the name ends in <c>.gz</c>.</summary>
internal static class OutputFile
{
    /// <summary>Creates a file and the folders above it.</summary>
    public static StreamWriter Create(FileInfo file)
    {
        file.Directory!.Create();
        Stream stream = file.Create();
        if (file.Extension == ".gz")
        {
            stream = new GZipStream(stream, CompressionLevel.Fastest);
        }

        return new StreamWriter(stream, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
    }
}
