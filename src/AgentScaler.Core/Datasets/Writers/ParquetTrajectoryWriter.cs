using System.Runtime.CompilerServices;
using Parquet.Schema;

namespace AgentScaler.Datasets.Writers;

/// <summary>The canonical record in columns: ids as they are, <c>messages</c>, <c>tools</c> and <c>metadata</c> as JSON texts, so that one schema fits all tools.</summary>
internal sealed class ParquetTrajectoryWriter : ParquetFileWriter<Trajectory>
{
    private static readonly string[] Names = ["episode", "task", "environment", "domain", "domain_name", "generator", "messages", "tools", "metadata"];

    private readonly ParquetColumn<ReadOnlyMemory<char>>[] columns;
    private readonly ConditionalWeakTable<IReadOnlyList<TrajectoryTool>, string> tools = [];

    public ParquetTrajectoryWriter(Stream target)
        : this(target, new ParquetSchema([.. Names.Select(name => new DataField(name, typeof(string), false))]))
    {
    }

    private ParquetTrajectoryWriter(Stream target, ParquetSchema schema)
        : base(target, schema) => columns = [.. schema.DataFields.Select(field => new ParquetColumn<ReadOnlyMemory<char>>(field))];

    /// <inheritdoc/>
    protected override IReadOnlyList<IParquetColumn> Columns => columns;

    /// <inheritdoc/>
    protected override bool Add(Trajectory record)
    {
        var metadata = record.Metadata;
        string[] values =
        [
            metadata.Episode, metadata.Task, metadata.Environment, metadata.Domain, metadata.DomainName, metadata.Generator,
            DatasetJson.Line(record.Messages), tools.GetValue(record.Tools, DatasetJson.Line), DatasetJson.Line(metadata),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            columns[i].Add(Text(values[i]));
        }

        return true;
    }
}
