using Parquet;

namespace AgentScaler.Datasets.Writers;

/// <summary>A column of the row group at hand.</summary>
internal interface IParquetColumn
{
    /// <summary>Writes its values and forgets them.</summary>
    Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken);
}
