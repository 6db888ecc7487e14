namespace AgentScaler.Datasets.Writers;

/// <summary>
/// Writes one file of one consumer's format, record by record: it holds one record, or one bounded group of rows, at a time. Equal records give
/// equal bytes. What the format cannot carry is reported to the <see cref="ExportLosses"/> the writer was opened with.
/// </summary>
/// <typeparam name="TRecord"><see cref="Trajectory"/>, <see cref="PreferencePair"/> or <see cref="DatasetTask"/>.</typeparam>
public interface IDatasetWriter<in TRecord> : IAsyncDisposable
{
    /// <summary>Rows written so far.</summary>
    long Rows { get; }

    /// <summary>Writes a record's row, or reports why it has none.</summary>
    /// <exception cref="IOException">The target can't be written.</exception>
    ValueTask WriteAsync(TRecord record, CancellationToken cancellationToken);

    /// <summary>Writes what is still held; the file is whole then. The target stays open.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}
