using AgentScaler.Core.Tests.Storage;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Validation;
using AgentScaler.Datasets.Writers;
using Parquet.Serialization;

namespace AgentScaler.Core.Tests.Datasets.Writers;

/// <summary>The consumers' rules against rows written by hand, sound and corrupted.</summary>
public sealed class FormatCheckTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Files_AreTheFilesOfRowsThatAreWritten() => Assert.Equal(
        DatasetFormat.All.SelectMany(format => format.Files.OfType<ExportFile.Rows>().Select(file => (format.Name, file.Name))).Order(),
        FormatRules.Files.Order());

    [Theory]
    [MemberData(nameof(GoldenFile.Rows), MemberType = typeof(GoldenFile))]
    public async Task CheckAsync_HandMadeRows_AreAsTheConsumerWantsThem(string format, string file, string golden) =>
        Assert.Empty(await CheckAsync(format, file, GoldenFile.Read(golden) + GoldenFile.Read(golden), 2));

    [Theory]
    [MemberData(nameof(GoldenFile.Rows), MemberType = typeof(GoldenFile))]
    public async Task CheckAsync_LineThatIsNoRow_IsNamed(string format, string file, string golden)
    {
        var row = GoldenFile.Read(golden);
        foreach (var broken in new[] { row[..^9] + "\n", "[]\n", "\n", row.Replace('"', '\'') })
        {
            Assert.Contains(await CheckAsync(format, file, row + broken + row, 3), problem => problem is { Line: 2, Path: "$" });
        }

        Assert.Contains(await CheckAsync(format, file, row, 2), problem => problem.Line == 0 && problem.Expected.Contains("expected 2 rows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openai", "openai.jsonl", "\"arguments\":\"{}\"", "\"arguments\":{}", "$.messages[2].tool_calls[1].function.arguments")]
    [InlineData("openai", "openai.jsonl", "\"arguments\":\"{}\"", "\"arguments\":\"{\"", "$.messages[2].tool_calls[1].function.arguments")]
    [InlineData("openai", "openai.jsonl", "\"weight\":0", "\"weight\":0.5", "$.messages[7].weight")]
    [InlineData("openai", "openai.jsonl", "\"weight\":1", "\"weight\":0", "$.messages")]
    [InlineData("openai", "openai.jsonl", "\"role\":\"user\",\"content\":\"And", "\"role\":\"user\",\"train\":false,\"content\":\"And", "$.messages[6].train")]
    [InlineData("openai", "openai.jsonl", ",{\"role\":\"assistant\",\"content\":\"3 teas.\",\"weight\":1}", "", "$.messages")]
    [InlineData("openai", "openai.jsonl", "\"tool_call_id\":\"c3\"", "\"tool_call_id\":\"c4\"", "$.messages[8]")]
    [InlineData("openai", "openai.jsonl", "\"name\":\"list_shops\",\"description\"", "\"name\":\"list shops\",\"description\"", "$.tools[1].function.name")]
    [InlineData("openai", "openai.jsonl", "{\"type\":\"object\",\"properties\":{}}", "{\"type\":\"object\"}", "$.tools[1].function.parameters.properties")]
    [InlineData("openai", "openai.jsonl", "{\"type\":\"object\",\"properties\":{}}", "{\"properties\":{}}", "$.tools[1].function.parameters.type")]
    [InlineData("openai", "openai.jsonl", "\"parallel_tool_calls\":true", "\"parallel_tool_calls\":false", "$.parallel_tool_calls")]
    [InlineData("openai", "openai.jsonl", "\"parallel_tool_calls\":true", "\"parallel_tool_calls\":true,\"metadata\":{}", "$.metadata")]
    [InlineData("openai-dpo", "openai-dpo.jsonl", "\"non_preferred_output\":[{\"role\":\"assistant\"", "\"non_preferred_output\":[{\"role\":\"user\"", "$.non_preferred_output[0].role")]
    [InlineData("openai-dpo", "openai-dpo.jsonl", "[{\"role\":\"assistant\",\"content\":\"No.\"}]", "[]", "$.non_preferred_output")]
    [InlineData("openai-dpo", "openai-dpo.jsonl", ",{\"role\":\"user\",\"content\":\"有茶吗？\"}", "", "$.input.messages")]
    [InlineData("openai-dpo", "openai-dpo.jsonl", "{\"role\":\"assistant\",\"content\":\"No.\"}", "{\"role\":\"assistant\",\"content\":\"No.\",\"weight\":1}", "$.non_preferred_output[0].weight")]
    [InlineData("trl", "trl.jsonl", "\"arguments\":{}", "\"arguments\":\"{}\"", "$.messages[2].tool_calls[1].function.arguments")]
    [InlineData("trl", "trl.jsonl", "\"content\":\"And tea?\"", "\"content\":7", "$.messages[6].content")]
    [InlineData("trl", "trl.jsonl", "\"tools\":\"[", "\"tools\":\"", "$.tools")]
    [InlineData("trl", "trl.jsonl", "\"content\":\"\",\"tool_calls\"", "\"tool_calls\"", "$.messages[7].content")]
    [InlineData("trl", "trl.jsonl", "{\"role\":\"user\",\"content\":\"And tea?\"},", "", "$.messages[6].role")]
    [InlineData("llama-factory", "llama-factory.jsonl", "{\"from\":\"human\",\"value\":\"And tea?\"},", "", "$.conversations")]
    [InlineData("llama-factory", "llama-factory.jsonl", "\"from\":\"gpt\",\"value\":\"3 teas.\"", "\"from\":\"human\",\"value\":\"3 teas.\"", "$.conversations[7].from")]
    [InlineData("llama-factory", "llama-factory.jsonl", "\"from\":\"function_call\",\"value\":\"{", "\"from\":\"function_call\",\"value\":\"Let me look. {", "$.conversations[5].value")]
    [InlineData("llama-factory", "llama-factory.jsonl", "\\n</tool_response>\\n<tool_response>\\n", " ", "$.conversations[2].value")]
    [InlineData("llama-factory", "llama-factory.jsonl", ",\\\"properties\\\":{}", "", "$.tools[1].parameters.properties")]
    [InlineData("llama-factory", "llama-factory.jsonl", "\"system\":\"Answer briefly.\"", "\"system\":null", "$.system")]
    [InlineData("ms-swift", "ms-swift.jsonl", "\"content\":\"{\\\"name\\\":\\\"list_shops\\\",\\\"arguments\\\":{}}\",\"loss\":true", "\"content\":\"{\\\"name\\\":\\\"list_shops\\\",\\\"arguments\\\":{}}\",\"loss\":false", "$.messages[4].loss")]
    [InlineData("ms-swift", "ms-swift.jsonl", "\"content\":\"\\\"3 left\\\"\"", "\"content\":\"3 left\"", "$.messages[10].content")]
    [InlineData("ms-swift", "ms-swift.jsonl", "{\"role\":\"tool_response\",\"content\":\"{\\\"shops\\\":[]}\"},", "", "$.messages[6]")]
    [InlineData("ms-swift", "ms-swift.jsonl", "\"role\":\"tool_call\"", "\"role\":\"tool\"", "$.messages[3].role")]
    [InlineData("ms-swift", "ms-swift.jsonl", "\"content\":\"And tea?\"", "\"content\":\"And tea?\",\"name\":\"Ann\"", "$.messages[8].name")]
    [InlineData("ms-swift", "ms-swift.jsonl", "\\\"arguments\\\":{}", "\\\"arguments\\\":[]", "$.messages[4].content.arguments")]
    [InlineData("axolotl", "axolotl.jsonl", "\"arguments\":\"{}\"", "\"arguments\":{}", "$.messages[2].tool_calls[1].function.arguments")]
    [InlineData("axolotl", "axolotl.jsonl", "\"parameters\":\"{}\"", "\"parameters\":\"none\"", "$.tools[1].function.parameters")]
    [InlineData("axolotl", "axolotl.jsonl", "\"content\":\"And tea?\",\"train\":false", "\"content\":\"And tea?\",\"train\":true", "$.messages[6].train")]
    [InlineData("axolotl", "axolotl.jsonl", "\"content\":\"And tea?\",\"train\":false", "\"content\":\"And tea?\"", "$.messages[6].train")]
    [InlineData("axolotl", "axolotl.jsonl", "\"train\":true", "\"train\":false", "$.messages")]
    [InlineData("nemo-gym", "nemo-gym.jsonl", "\"strict\":false", "\"function\":{}", "$.responses_create_params.tools[0].function")]
    [InlineData("nemo-gym", "nemo-gym.jsonl", "\"strict\":false", "\"strict\":null", "$.responses_create_params.tools[0].strict")]
    [InlineData("nemo-gym", "nemo-gym.jsonl", "\"parallel_tool_calls\":false", "\"parallel_tool_calls\":false,\"messages\":[]", "$.responses_create_params.messages")]
    [InlineData("nemo-gym", "nemo-gym.jsonl", "\"gold_calls\":[{\"name\":\"set_price\"", "\"gold_calls\":[{\"name\":\"drop_price\"", "$.verifier_metadata.gold_calls[0].name")]
    [InlineData("nemo-gym", "nemo-gym.jsonl", "\"initial_changes\":[{", "\"changes\":[{", "$.verifier_metadata.initial_changes")]
    [InlineData("nemo-gym", "nemo-gym.jsonl", "\"removed\":false,\"row\"", "\"removed\":true,\"row\"", "$.verifier_metadata.initial_changes[0].row")]
    [InlineData("nemo-gym", "nemo-gym.jsonl", "\"removed\":true}", "\"removed\":false}", "$.verifier_metadata.initial_changes[1].row")]
    [InlineData("nemo-gym", "nemo-gym.jsonl", "\"collection\":\"shops\",\"key\":\"s1\"", "\"collection\":\"items\",\"key\":\"tea\"", "$.verifier_metadata.initial_changes[1]")]
    [InlineData("nemo-gym", "nemo-gym.jsonl", "\"proof\":\"state\"", "\"proof\":\"calls\"", "$.verifier_metadata.gold_hash")]
    [InlineData("nemo-gym", "nemo-gym.jsonl", "\"agent_ref\":{\"type\":\"responses_api_agents\"", "\"agent_ref\":{\"type\":\"agents\"", "$.agent_ref.type")]
    public async Task CheckAsync_CorruptRow_NamesFileLineAndPlace(string format, string golden, string old, string changed, string place)
    {
        var row = GoldenFile.Read(golden);
        Assert.Contains(old, row, StringComparison.Ordinal);
        var problems = await CheckAsync(format, "train.jsonl", row + row.Replace(old, changed, StringComparison.Ordinal) + row, 3);
        Assert.True(
            problems.Any(problem => problem.File == $"dataset/{format}/train.jsonl" && problem.Line == 2 && problem.Path == place), string.Join('\n', problems));
        Assert.All(problems, problem => Assert.Equal(2, problem.Line));
    }

    [Theory]
    [InlineData("\"chosen\":[", "\"chosen\":[{\"role\":\"user\",\"content\":\"?\"},", "$.chosen[0].role")]
    [InlineData("\"rejected\":[{\"role\":\"assistant\",\"content\":\"No.\"}]", "\"rejected\":[]", "$.rejected")]
    [InlineData("\"arguments\":{\"name\":\"tea\"}", "\"arguments\":[]", "$.chosen[0].tool_calls[0].function.arguments")]
    [InlineData(",{\"role\":\"user\",\"content\":\"有茶吗？\"}", "", "$.prompt")]
    public async Task CheckAsync_CorruptPreference_NamesFileLineAndPlace(string old, string changed, string place)
    {
        var row = GoldenFile.Read("trl-preferences.jsonl");
        Assert.Contains(old, row, StringComparison.Ordinal);
        var problems = await CheckAsync("trl", "preferences.jsonl", row + row.Replace(old, changed, StringComparison.Ordinal), 2);
        Assert.True(problems.Any(problem => problem.Line == 2 && problem.Path == place), string.Join('\n', problems));
    }

    [Theory]
    [InlineData("\"proof\":\"state\"", "\"proof\":\"banana\"", "$.gold.proof")]
    [InlineData("\"name\":\"set_price\",\"arguments\"", "\"name\":\"drop_price\",\"arguments\"", "$.gold.calls[0].name")]
    [InlineData("\"content\":\"Set tea to 10.5 元.\"", "\"content\":\" \"", "$.prompt[1].content")]
    [InlineData("\"role\":\"user\"", "\"role\":\"system\"", "$.prompt[1].role")]
    [InlineData("\"train\":false}]", "\"train\":true}]", "$.prompt[1].train")]
    [InlineData("\"type\":\"function\"", "\"type\":\"tool\"", "$.tools[0].type")]
    [InlineData("\"tools\":[{\"type\"", "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"set_price\",\"description\":\"\",\"parameters\":{}}},{\"type\"", "$.tools[1].function.name")]
    [InlineData("\"initial_changes\"", "\"changes\"", "$.gold.initial_changes")]
    [InlineData("\"kept\":3", "\"kept\":-3", "$.kept")]
    [InlineData("\"environment\":\"env-1\"", "\"environment\":\"env-0\"", "$.environment")]
    [InlineData("\"task\":\"task-2\"", "\"task\":\"task-1\"", "$.task")]
    public async Task CheckAsync_CorruptTask_NamesLineAndPlace(string old, string changed, string place)
    {
        var (first, second) = (GoldenFile.Read("tasks.jsonl"), GoldenFile.Read("tasks.jsonl").Replace("task-1", "task-2", StringComparison.Ordinal));
        Assert.Contains(old, second, StringComparison.Ordinal);
        Assert.Empty(await CheckAsync(first + second));
        var problems = await CheckAsync(first + second.Replace(old, changed, StringComparison.Ordinal));
        Assert.True(problems.Any(problem => problem.Line == 2 && problem.Path == place), string.Join('\n', problems));

        async Task<List<DatasetProblem>> CheckAsync(string rows)
        {
            var found = new List<DatasetProblem>();
            await File.WriteAllTextAsync(folder.File("tasks.jsonl"), rows);
            await RowReading.CheckAsync(folder.File("tasks.jsonl"), "dataset/tasks.jsonl", 2, new DatasetTaskCheck(), found, null, CancellationToken.None);
            return found;
        }
    }

    [Theory]
    [InlineData("data_source", "$.data_source")]
    [InlineData("prompt", "$.prompt[1].content")]
    [InlineData("prompt-role", "$.prompt")]
    [InlineData("ground_truth", "$.reward_model.ground_truth")]
    [InlineData("style", "$.reward_model.style")]
    [InlineData("index", "$.extra_info.index")]
    [InlineData("tools", "$.extra_info.tools")]
    public async Task CheckAsync_CorruptVerlRow_NamesFileRowAndPlace(string corruption, string place)
    {
        var records = GoldenFile.Read("tasks.jsonl");
        var (bytes, _, _) = await GoldenFile.WriteAsync("verl", "train.parquet", records + records.Replace("task-1", "task-2", StringComparison.Ordinal));
        var problems = await CheckAsync("verl", "train.parquet", await ChangeAsync(bytes, row =>
        {
            var reward = (IDictionary<string, object>)row["reward_model"];
            var extra = (IDictionary<string, object>)row["extra_info"];
            var last = (IDictionary<string, object>)((System.Collections.IList)row["prompt"])[1]!;
            switch (corruption)
            {
                case "data_source": row.Remove("data_source"); break;
                case "prompt": last["content"] = null!; break;
                case "prompt-role": last["role"] = "assistant"; break;
                case "ground_truth": reward["ground_truth"] = "{"; break;
                case "style": reward["style"] = "model"; break;
                case "index": extra["index"] = 7L; break;
                case "tools": extra["tools"] = "{}"; break;
            }
        }));
        Assert.True(problems.Any(problem => problem is { File: "dataset/verl/train.parquet", Line: 2 } && problem.Path == place), string.Join('\n', problems));
    }

    [Theory]
    [InlineData("messages", "[]", "$.messages")]
    [InlineData("messages", "[", "$.messages")]
    [InlineData("metadata", "{}", "$.metadata.episode")]
    [InlineData("task", "task-9", "$.task")]
    [InlineData("episode", "episode-0", "$.episode")]
    public async Task CheckAsync_CorruptParquetRow_NamesFileRowAndPlace(string column, string value, string place)
    {
        var records = GoldenFile.Read("trajectories.jsonl");
        var (bytes, _, _) = await GoldenFile.WriteAsync("parquet", "train.parquet", records + records.Replace("episode-1", "episode-2", StringComparison.Ordinal));
        var problems = await CheckAsync("parquet", "train.parquet", await ChangeAsync(bytes, row => row[column] = value));
        Assert.True(problems.Any(problem => problem.Line == 2 && problem.Path == place), string.Join('\n', problems));
    }

    [Theory]
    [InlineData("verl", "tasks.jsonl")]
    [InlineData("parquet", "trajectories.jsonl")]
    public async Task CheckAsync_ParquetSoundAndDamaged_IsReadOrNamed(string format, string records)
    {
        var (bytes, _, _) = await GoldenFile.WriteAsync(format, "train.parquet", GoldenFile.Read(records));
        Assert.Empty(await CheckAsync(format, "train.parquet", bytes));
        foreach (var damaged in new[] { bytes[..^20], bytes[..(bytes.Length / 2)], [] })
        {
            Assert.Contains(await CheckAsync(format, "train.parquet", damaged), problem => problem.File == $"dataset/{format}/train.parquet");
        }
    }

    [Theory]
    [InlineData("llama-factory", "dataset_info.json", "train.jsonl", "data.jsonl", "$.tea_shops.file_name")]
    [InlineData("llama-factory", "dataset_info.json", "sharegpt", "alpaca", "$.tea_shops.formatting")]
    [InlineData("llama-factory", "dataset_info.json", "\"messages\": \"conversations\"", "\"messages\": \"messages\"", "$.tea_shops.columns.messages")]
    [InlineData("llama-factory", "dataset_info.json", "\"file_name\"", "file_name", "$")]
    [InlineData("axolotl", "axolotl.yaml", "path: train.jsonl", "path: ../train.jsonl", "$.datasets[0].path")]
    [InlineData("axolotl", "axolotl.yaml", "type: chat_template", "type: sharegpt", "$.datasets[0].type")]
    [InlineData("axolotl", "axolotl.yaml", "message_field_training: train", "message_field_training: training", "$.datasets[0].message_field_training")]
    public async Task CheckAsync_CorruptDocument_NamesThePlace(string format, string file, string old, string changed, string place)
    {
        var text = file == "axolotl.yaml" ? AxolotlWriter.Configuration : GoldenFile.Read(file);
        await File.WriteAllTextAsync(folder.File("train.jsonl"), string.Empty);
        Assert.Empty(await DocumentAsync(text));
        Assert.Equal(place, Assert.Single(await DocumentAsync(text.Replace(old, changed, StringComparison.Ordinal))));

        async Task<List<string>> DocumentAsync(string content)
        {
            var places = new List<string>();
            await File.WriteAllTextAsync(folder.File(file), content);
            await FormatDocuments.CheckAsync(format, folder.Path, file, new RowExpectations((found, _) => places.Add(found)), CancellationToken.None);
            return places;
        }
    }

    public void Dispose() => folder.Dispose();

    private Task<List<DatasetProblem>> CheckAsync(string format, string file, string rows, long count) =>
        CheckAsync(format, file, System.Text.Encoding.UTF8.GetBytes(rows), count);

    private async Task<List<DatasetProblem>> CheckAsync(string format, string file, byte[] bytes, long? count = null)
    {
        var path = folder.File(file);
        await File.WriteAllBytesAsync(path, bytes);
        var problems = new List<DatasetProblem>();
        await RowReading.CheckAsync(path, $"dataset/{format}/{file}", count ?? 1, FormatRules.Of(format, file)!, problems, null, CancellationToken.None);
        return problems;
    }

    /// <summary>The same file with its second row changed.</summary>
    private static async Task<byte[]> ChangeAsync(byte[] bytes, Action<IDictionary<string, object>> change)
    {
        using var source = new MemoryStream(bytes);
        var read = await ParquetSerializer.DeserializeUntypedAsync(source);
        change(read.Data[1]!);
        using var target = new MemoryStream();
        await ParquetSerializer.SerializeUntypedAsync([.. read.Data.Cast<IDictionary<string, object?>>()], Nullable(read.Schema), target);
        return target.ToArray();
    }

    /// <summary>The same columns, which may lack values now.</summary>
    private static Parquet.Schema.ParquetSchema Nullable(Parquet.Schema.ParquetSchema schema) => new(schema.Fields.Select(Nullable));

    private static Parquet.Schema.Field Nullable(Parquet.Schema.Field field) => field switch
    {
        Parquet.Schema.ListField list => new Parquet.Schema.ListField(list.Name, Nullable(list.Item)),
        Parquet.Schema.StructField parent => new Parquet.Schema.StructField(parent.Name, [.. parent.Fields.Select(Nullable)]),
        Parquet.Schema.DataField { ClrType: var type } leaf when type == typeof(long) => new Parquet.Schema.DataField<long>(leaf.Name),
        _ => new Parquet.Schema.DataField<string>(field.Name),
    };
}
