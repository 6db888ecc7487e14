using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace AgentScaler.Datasets.Writers;

/// <summary>
/// A format of columns: rows are gathered into row groups of bounded size. Zstandard is used because its output depends on nothing but its input;
/// other codecs of the library choose by processor.
/// </summary>
internal abstract class ParquetFileWriter<TRecord>(Stream target, ParquetSchema schema) : IDatasetWriter<TRecord>
{
    /// <summary>Characters of text in a row group, after which it is written.</summary>
    private const long GroupCharacters = 8 << 20;

    /// <summary>Rows in a row group, after which it is written.</summary>
    private const int GroupRows = 10_000;

    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };

    private ParquetWriter? writer;
    private long characters;
    private int held;

    /// <inheritdoc/>
    public long Rows { get; private set; }

    /// <summary>The columns in the order of the schema's data fields.</summary>
    protected abstract IReadOnlyList<IParquetColumn> Columns { get; }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(TRecord record, CancellationToken cancellationToken)
    {
        if (!Add(record))
        {
            return;
        }

        Rows++;
        if (++held >= GroupRows || characters >= GroupCharacters)
        {
            await WriteGroupAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (held > 0)
        {
            await WriteGroupAsync(cancellationToken);
        }

        writer ??= await OpenAsync(cancellationToken);
        await DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (writer is not null)
        {
            await writer.DisposeAsync();
            writer = null;
        }
    }

    /// <summary>Adds a record's values to the columns.</summary>
    /// <returns>False if it has no row: then the reason has been reported, and no column has a value of it.</returns>
    protected abstract bool Add(TRecord record);

    /// <summary>A text as a column takes it; it counts towards the row group's size.</summary>
    protected ReadOnlyMemory<char> Text(string text)
    {
        characters += text.Length;
        return text.AsMemory();
    }

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        writer ??= await OpenAsync(cancellationToken);
        using var group = writer.CreateRowGroup();
        foreach (var column in Columns)
        {
            await column.WriteAsync(group, cancellationToken);
        }

        group.CompleteValidate();
        (held, characters) = (0, 0);
    }

    private Task<ParquetWriter> OpenAsync(CancellationToken cancellationToken) => ParquetWriter.CreateAsync(schema, target, Options, false, cancellationToken);
}
