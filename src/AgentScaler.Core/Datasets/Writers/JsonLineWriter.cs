namespace AgentScaler.Datasets.Writers;

/// <summary>A format of one JSON object a line: UTF-8 without a byte order mark, a line feed after every row.</summary>
internal abstract class JsonLineWriter<TRecord>(Stream target) : IDatasetWriter<TRecord>
{
    private const int BufferBytes = 1 << 17;

    private readonly JsonRow row = new();
    private readonly byte[] buffer = new byte[BufferBytes];
    private int used;

    /// <inheritdoc/>
    public long Rows { get; private set; }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(TRecord record, CancellationToken cancellationToken)
    {
        if (!Write(record, row.Clear()))
        {
            return;
        }

        Rows++;
        var length = row.Written.Length;
        if (used + length + 1 > BufferBytes)
        {
            await CompleteAsync(cancellationToken);
        }

        if (length + 1 > BufferBytes)
        {
            await target.WriteAsync(row.Written.ToArray(), cancellationToken);
            length = 0;
        }

        row.Written[..length].CopyTo(buffer.AsSpan(used));
        used += length;
        buffer[used++] = (byte)'\n';
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await target.WriteAsync(buffer.AsMemory(0, used), cancellationToken);
        used = 0;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Writes the row of a record.</summary>
    /// <returns>False if it has none: then the reason has been reported, and what was written does not count.</returns>
    protected abstract bool Write(TRecord record, JsonRow row);
}
