using Parquet;
using Parquet.Schema;

namespace AgentScaler.Datasets.Writers;

/// <summary>The values of one column in the row group at hand. No value is ever missing.</summary>
internal sealed class ParquetColumn<T>(DataField field) : IParquetColumn
    where T : struct
{
    private readonly List<T> values = [];
    private readonly List<int> repetitions = [];

    /// <summary>Adds the value of a row, or the first of its list.</summary>
    public void Add(T value) => Add(value, 0);

    /// <summary>Adds a further value of the row's list.</summary>
    public void AddFurther(T value) => Add(value, field.MaxRepetitionLevel);

    /// <inheritdoc/>
    public async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<int>? definitions = null;
        if (field.MaxDefinitionLevel > 0)
        {
            var levels = new int[values.Count];
            levels.AsSpan().Fill(field.MaxDefinitionLevel);
            definitions = levels;
        }

        ReadOnlyMemory<int>? repeated = field.MaxRepetitionLevel > 0 ? repetitions.ToArray() : null;
        await group.WriteAllPartsAsync<T>(field, values.ToArray(), definitions, repeated, cancellationToken);
        values.Clear();
        repetitions.Clear();
    }

    private void Add(T value, int repetition)
    {
        values.Add(value);
        repetitions.Add(repetition);
    }
}
