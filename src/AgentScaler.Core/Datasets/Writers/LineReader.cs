using System.Runtime.CompilerServices;

namespace AgentScaler.Datasets.Writers;

/// <summary>Reads a stream line by line, as bytes. It holds one line and a buffer.</summary>
internal static class LineReader
{
    private const int FirstBuffer = 1 << 17;

    /// <summary>The lines without their line feeds. A line is valid until the next is asked for; an empty last line is none.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[FirstBuffer];
        int start = 0, end = 0, searched = 0;
        while (true)
        {
            var at = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                yield return buffer.AsMemory(start, searched + at - start);
                start = searched = searched + at + 1;
                continue;
            }

            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }

            searched = end;
            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
            {
                if (end > 0)
                {
                    yield return buffer.AsMemory(0, end);
                }

                yield break;
            }

            end += read;
        }
    }
}
