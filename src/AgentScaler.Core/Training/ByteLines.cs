using System.Runtime.CompilerServices;
using AgentScaler.Datasets;

namespace AgentScaler.Training;

/// <summary>Lines of a file as bytes, with the place they stand at, so that they can be fetched again without being held.</summary>
internal static class ByteLines
{
    /// <summary>Reads a file. A line includes its line feed and is valid until the next is read.</summary>
    /// <exception cref="DatasetException">The last line lacks its line feed: the file was cut off.</exception>
    public static async IAsyncEnumerable<(long Offset, ReadOnlyMemory<byte> Line)> ReadAsync(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        var buffer = new byte[1 << 17];
        int start = 0, end = 0;
        long offset = 0;
        while (true)
        {
            var feed = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                yield return (offset, buffer.AsMemory(start, feed + 1));
                start += feed + 1;
                offset += feed + 1;
                continue;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
            {
                if (end > 0)
                {
                    throw new DatasetException($"{file}: expected a line feed at the end, the last line is cut off");
                }

                yield break;
            }

            end += read;
        }
    }
}
