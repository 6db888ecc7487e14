using System.Text;

namespace AgentScaler.Performance;

/// <summary>A file of lines that is made while it is read, so that its size costs neither disk nor memory.</summary>
/// <param name="count">How many lines.</param>
/// <param name="line">The line of a 0-based number, without the line feed.</param>
internal sealed class SyntheticLines(long count, Func<long, string> line) : Stream
{
    private readonly byte[] pending = new byte[1 << 16];
    private int start;
    private int end;
    private long next;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length)
        {
            if (start == end)
            {
                if (next == count)
                {
                    break;
                }

                start = 0;
                end = Encoding.UTF8.GetBytes(line(next++), pending);
                pending[end++] = (byte)'\n';
            }

            var part = Math.Min(end - start, buffer.Length - written);
            pending.AsSpan(start, part).CopyTo(buffer[written..]);
            start += part;
            written += part;
        }

        return written;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
