using System.IO.Compression;

namespace AgentScaler.Graphs;

/// <summary>Opens files of graphs and vectors.</summary>
internal static class GraphFile
{
    /// <summary>Opens a file for reading, unpacked if it starts as gzip does.</summary>
    public static Stream OpenRead(string path)
    {
        var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        var isZipped = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start is [0x1f, 0x8b];
        file.Position = 0;
        return isZipped ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
