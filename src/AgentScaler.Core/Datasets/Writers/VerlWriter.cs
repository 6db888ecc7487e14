using Parquet.Schema;

namespace AgentScaler.Datasets.Writers;

/// <summary>
/// verl's reinforcement learning: <c>data_source, agent_name, prompt, ability, reward_model {style, ground_truth}, extra_info</c>, in Parquet, which is what it reads.
/// <c>ground_truth</c> and <c>extra_info.tools</c> are JSON texts: as columns the keys of all tasks would be united, and nulls rendered.
/// </summary>
internal sealed class VerlWriter : ParquetFileWriter<DatasetTask>
{
    private readonly ExportLosses losses;
    private readonly ParquetColumn<ReadOnlyMemory<char>>[] texts;
    private readonly ParquetColumn<long> index;
    private readonly ParquetColumn<long> kept;
    private readonly ToolListText tools = ToolListText.Nested();
    private readonly JsonRow truth = new();

    public VerlWriter(Stream target, ExportLosses losses)
        : this(target, losses, Schema())
    {
    }

    private VerlWriter(Stream target, ExportLosses losses, ParquetSchema schema)
        : base(target, schema)
    {
        this.losses = losses;
        var fields = schema.DataFields;
        texts = [.. fields.Where(field => field.ClrType != typeof(long)).Select(field => new ParquetColumn<ReadOnlyMemory<char>>(field))];
        index = new ParquetColumn<long>(fields.Single(field => field.Name == "index"));
        kept = new ParquetColumn<long>(fields.Single(field => field.Name == "kept"));
        Columns = [.. texts, index, kept];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IParquetColumn> Columns { get; }

    /// <inheritdoc/>
    protected override bool Add(DatasetTask record)
    {
        if (!LearnableTask.IsSound(record, losses))
        {
            return false;
        }

        index.Add(Rows);
        kept.Add(record.Kept);
        var column = 0;
        Next("agentscaler");
        Next("tool_agent");
        Prompt(texts[column++], message => message.Role, record);
        Prompt(texts[column++], message => message.Content!, record);
        Next("tool-use");
        Next("rule");
        Next(GoldText.Add(truth.Clear().Object(), record.Gold).EndObject().ToString());
        Next("train");
        Next(record.Task);
        Next(record.Environment);
        Next(record.Domain);
        Next(record.Seed);
        Next(System.Text.Encoding.UTF8.GetString(tools.Of(record.Tools)));
        return true;

        void Next(string value) => texts[column++].Add(Text(value));
    }

    private void Prompt(ParquetColumn<ReadOnlyMemory<char>> column, Func<TrajectoryMessage, string> select, DatasetTask task)
    {
        column.Add(Text(select(task.Prompt[0])));
        foreach (var message in task.Prompt.Skip(1))
        {
            column.AddFurther(Text(select(message)));
        }
    }

    private static ParquetSchema Schema() => new(
        Required("data_source"),
        Required("agent_name"),
        new ListField("prompt", new StructField("element", Required("role"), Required("content"))),
        Required("ability"),
        new StructField("reward_model", Required("style"), Required("ground_truth")),
        new StructField(
            "extra_info",
            Required("split"),
            Required("task"),
            Required("environment"),
            Required("domain"),
            Required("seed"),
            Required("tools"),
            new DataField<long>("index"),
            new DataField<long>("kept")));

    private static DataField Required(string name) => new(name, typeof(string), false);
}
