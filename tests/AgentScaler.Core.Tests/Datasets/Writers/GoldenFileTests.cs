using System.Text;
using System.Text.Json;
using AgentScaler.Datasets.Writers;
using AgentScaler.Json;
using Parquet.Serialization;

namespace AgentScaler.Core.Tests.Datasets.Writers;

public sealed class GoldenFileTests
{
    [Theory]
    [MemberData(nameof(GoldenFile.All), MemberType = typeof(GoldenFile))]
    public async Task WriteAsync_HandMadeRecord_GivesTheHandMadeBytesAndSaysWhatIsLost(string format, string file, string golden, string lost)
    {
        var (bytes, rows, losses) = await GoldenFile.WriteAsync(format, file, GoldenFile.RecordsOf(GoldenFile.RowsOf(format, file).Input));
        Assert.Equal(GoldenFile.Read(golden), Encoding.UTF8.GetString(bytes));
        Assert.Equal(1, rows);
        Assert.Equal(lost, string.Join(' ', losses.Select(loss => $"{loss.Reason}/{loss.Effect}/{string.Join(',', loss.First.Select(place => place.Place))}")));
        Assert.All(losses, loss => Assert.Equal((file, (long)loss.First.Count), (loss.File, loss.Count)));
    }

    [Fact]
    public async Task WriteAsync_Verl_GivesTheHandMadeRowInNestedColumns()
    {
        var (bytes, rows, losses) = await GoldenFile.WriteAsync("verl", "train.parquet", GoldenFile.Read("tasks.jsonl"));
        Assert.Equal((1L, 0), (rows, losses.Count));
        Assert.Equal(CanonicalJson.Rewrite(GoldenFile.Read("verl.jsonl")), await ParquetRows.ReadAsync(bytes));
    }

    [Fact]
    public async Task WriteAsync_Parquet_HasTheRecordsOwnPartsAsTexts()
    {
        var (bytes, rows, losses) = await GoldenFile.WriteAsync("parquet", "train.parquet", GoldenFile.Read("trajectories.jsonl"));
        Assert.Equal((1L, 0), (rows, losses.Count));
        var row = JsonDocument.Parse(await ParquetRows.ReadAsync(bytes)).RootElement;
        var record = JsonDocument.Parse(GoldenFile.Read("trajectories.jsonl")).RootElement;
        foreach (var part in new[] { "messages", "tools", "metadata" })
        {
            Assert.Equal(CanonicalJson.Write(record.GetProperty(part)), row.GetProperty(part).GetString());
        }

        foreach (var id in new[] { "episode", "task", "environment", "domain", "domain_name", "generator" })
        {
            Assert.Equal(record.GetProperty("metadata").GetProperty(id).GetString(), row.GetProperty(id).GetString());
        }
    }

    [Fact]
    public void Fixed_DatasetInfo_NamesTheDatasetAsAKeyInListsPartedByCommas() => Assert.Equal(
        GoldenFile.Read("dataset_info.json"),
        DatasetFormat.Find("llama-factory")!.Files.OfType<ExportFile.Fixed>().Single().Text("tea shops"));

    [Fact]
    public async Task WriteAsync_AnyFormatTwice_GivesTheSameBytes()
    {
        foreach (var format in DatasetFormat.All)
        {
            foreach (var file in format.Files.OfType<ExportFile.Rows>())
            {
                var records = GoldenFile.RecordsOf(file.Input);
                var first = await GoldenFile.WriteAsync(format.Name, file.Name, records + records);
                Assert.Equal(2, first.Rows);
                Assert.Equal(first.Bytes, (await GoldenFile.WriteAsync(format.Name, file.Name, records + records)).Bytes);
            }
        }
    }

    [Theory]
    [InlineData("openai", "tool-name", "$.tools[0].function.name", "\"name\":\"find_item\",\"description\"", "\"name\":\"find item\",\"description\"")]
    [InlineData("openai", "tool-name", "$.messages[2].tool_calls", "\"function\":{\"name\":\"list_shops\",\"arguments\"", "\"function\":{\"name\":\"list.shops\",\"arguments\"")]
    [InlineData("openai", "tool-parameters", "$.tools[0].function.parameters", "\"parameters\":{\"type\":\"object\"", "\"parameters\":{\"type\":\"string\"")]
    [InlineData("openai", "tool-parameters", "$.tools[1].function.parameters", "\"parameters\":{}", "\"parameters\":{\"properties\":[]}")]
    [InlineData("llama-factory", "tool-parameters", "$.tools[1].function.parameters", "\"parameters\":{}", "\"parameters\":{\"type\":\"array\"}")]
    [InlineData("trl", "tool-parameters", "$.tools[1].function.parameters", "\"parameters\":{}", "\"parameters\":\"none\"")]
    [InlineData("openai", "malformed-arguments", "$.messages[2].tool_calls", "\"arguments\":{}", "\"arguments\":{\"malformed_arguments\":\"{\"}")]
    [InlineData("trl", "calls-and-results", "$.messages[2].tool_calls", "\"tool_call_id\":\"c2\"", "\"tool_call_id\":\"c9\"")]
    [InlineData("trl", "no-last-answer", "$.messages", ",{\"role\":\"assistant\",\"content\":\"3 teas.\",\"train\":true}", "")]
    [InlineData("llama-factory", "role-order", "$.messages[2]", "{\"role\":\"user\",\"content\":\"查", "{\"role\":\"user\",\"content\":\"x\",\"train\":false},{\"role\":\"user\",\"content\":\"查")]
    [InlineData("llama-factory", "markup", "$.messages[2].tool_calls", "\"arguments\":{}", "\"arguments\":{\"t\":\"<tool_call>\"}")]
    [InlineData("llama-factory", "markup", "$.messages[2].tool_calls", "\"arguments\":{}", "\"arguments\":{\"<think>\":1}")]
    [InlineData("llama-factory", "markup", "$.messages[7].tool_calls", "3 left", "3 </tool_response> left")]
    [InlineData("ms-swift", "empty-message", "$.messages[9]", "\"content\":\"3 teas.\"", "\"content\":\" \"")]
    [InlineData("axolotl", "nothing-to-train", "$.messages", "\"train\":true", "\"train\":false")]
    public async Task WriteAsync_WhatTheFormatCannotCarry_HasNoRowAndAReason(string format, string reason, string place, string old, string changed)
    {
        var records = GoldenFile.Read("trajectories.jsonl");
        Assert.Contains(old, records, StringComparison.Ordinal);
        var (_, rows, losses) = await GoldenFile.WriteAsync(format, "train.jsonl", records + records.Replace(old, changed, StringComparison.Ordinal));
        Assert.Equal(1, rows);
        var loss = Assert.Single(losses, loss => loss.Effect == ExportEffect.Row);
        Assert.Equal((reason, 1L, new LostPlace("episode-1", place)), (loss.Reason, loss.Count, Assert.Single(loss.First)));
    }

    [Theory]
    [InlineData("role-order", "$.prompt[1].role", "\"role\":\"user\"", "\"role\":\"system\"")]
    [InlineData("empty-message", "$.prompt[1].content", "\"content\":\"Set tea to 10.5 元.\"", "\"content\":\" \"")]
    [InlineData("tool-name", "$.tools", "\"tools\":[{", "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"set_price\",\"description\":\"\",\"parameters\":{}}},{")]
    [InlineData("gold-calls", "$.gold.calls[0].name", "\"calls\":[{\"name\":\"set_price\"", "\"calls\":[{\"name\":\"drop_price\"")]
    [InlineData("gold-calls", "$.gold.calls[0].arguments", "\"arguments\":{\"price\":10.5,\"item\":\"tea\"}", "\"arguments\":\"tea\"")]
    [InlineData("gold-calls", "$.gold.calls", "\"calls\":[{\"name\":\"set_price\",\"arguments\":{\"price\":10.5,\"item\":\"tea\"}}]", "\"calls\":[]")]
    public async Task WriteAsync_TaskThatNobodyCanLearn_HasNoRowAndAReason(string reason, string place, string old, string changed)
    {
        var records = GoldenFile.Read("tasks.jsonl");
        Assert.Contains(old, records, StringComparison.Ordinal);
        foreach (var (format, file) in new[] { ("verl", "train.parquet"), ("nemo-gym", "train.jsonl") })
        {
            var (_, rows, losses) = await GoldenFile.WriteAsync(format, file, records + records.Replace(old, changed, StringComparison.Ordinal));
            Assert.Equal(1, rows);
            Assert.Equal((reason, new LostPlace("task-1", place)), (Assert.Single(losses).Reason, Assert.Single(losses[0].First)));
        }
    }

    [Theory]
    [InlineData("{\"type\":\"object\"}", "{\"type\":\"object\",\"properties\":{}}")]
    [InlineData("{\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"number\"}}}", "{\"required\":[\"a\"],\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}}}")]
    public async Task WriteAsync_ParametersThatLackTypeOrProperties_HaveBothAtOpenAi(string parameters, string written)
    {
        var records = GoldenFile.Read("trajectories.jsonl").Replace("\"parameters\":{}", "\"parameters\":" + parameters, StringComparison.Ordinal);
        var (bytes, _, _) = await GoldenFile.WriteAsync("openai", "train.jsonl", records);
        Assert.Equal(written, JsonDocument.Parse(bytes).RootElement.GetProperty("tools")[1].GetProperty("function").GetProperty("parameters").GetRawText());
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task WriteAsync_ManyTools_AreARowUpToWhatOpenAiTakes(int count, bool isRow)
    {
        const string Second = "{\"type\":\"function\",\"function\":{\"name\":\"list_shops\",\"description\":\"Shops.\",\"parameters\":{}}}";
        var records = GoldenFile.Read("trajectories.jsonl");
        Assert.Contains(Second, records, StringComparison.Ordinal);
        var further = string.Concat(Enumerable.Range(2, count - 2).Select(i => "," + Second.Replace("list_shops", $"tool_{i}", StringComparison.Ordinal)));
        var (_, rows, losses) = await GoldenFile.WriteAsync("openai", "train.jsonl", records.Replace(Second, Second + further, StringComparison.Ordinal));
        Assert.Equal(isRow ? 1 : 0, rows);
        Assert.Equal(!isRow, losses.Any(loss => loss is { Reason: ExportReasons.TooManyTools, Effect: ExportEffect.Row, Count: 1 }));
    }

    [Fact]
    public async Task WriteAsync_NemoGymToolOfNoObject_HasNoRowAndAReason()
    {
        var records = GoldenFile.Read("tasks.jsonl").Replace("\"parameters\":{\"type\":\"object\"", "\"parameters\":{\"type\":\"array\"", StringComparison.Ordinal);
        var (_, rows, losses) = await GoldenFile.WriteAsync("nemo-gym", "train.jsonl", records);
        Assert.Equal((0L, ExportReasons.ToolParameters), (rows, Assert.Single(losses).Reason));
    }

    [Fact]
    public async Task WriteAsync_LongIdsAndDescriptions_AreWithinOpenAiLimits()
    {
        var id = new string('c', 41);
        var records = GoldenFile.Read("trajectories.jsonl").Replace("\"c3\"", $"\"{id}\"", StringComparison.Ordinal).Replace("Shops.", new string('s', 1023) + "😀.", StringComparison.Ordinal);
        var (bytes, _, losses) = await GoldenFile.WriteAsync("openai", "train.jsonl", records);
        var row = JsonDocument.Parse(bytes).RootElement;
        Assert.Equal("call_1", row.GetProperty("messages")[7].GetProperty("tool_calls")[0].GetProperty("id").GetString());
        Assert.Equal("call_1", row.GetProperty("messages")[8].GetProperty("tool_call_id").GetString());
        Assert.Equal(new string('s', 1023), row.GetProperty("tools")[1].GetProperty("function").GetProperty("description").GetString());
        Assert.Contains(losses, loss => loss is { Reason: ExportReasons.LongDescription, Effect: ExportEffect.Part, Count: 1 });
    }

    [Fact]
    public async Task WriteAsync_HalfASurrogatePair_IsLeftOutAndListedByLine()
    {
        var records = GoldenFile.Read("trajectories.jsonl");
        var (_, rows, losses) = await GoldenFile.WriteAsync("trl", "train.jsonl", records + records.Replace("And tea?", "\\ud83d", StringComparison.Ordinal));
        Assert.Equal(1, rows);
        Assert.Equal(new LostPlace("line 2", "$"), Assert.Single(Assert.Single(losses, loss => loss.Reason == ExportReasons.HalfCharacter).First));
    }

    [Fact]
    public async Task WriteAsync_NoRecords_GivesAnEmptyFileThatCanBeRead()
    {
        Assert.Empty((await GoldenFile.WriteAsync("openai", "train.jsonl", string.Empty)).Bytes);
        using var file = new MemoryStream((await GoldenFile.WriteAsync("verl", "train.parquet", string.Empty)).Bytes);
        await using var reader = await Parquet.ParquetReader.CreateAsync(file);
        Assert.Equal((0, 15), (reader.RowGroupCount, reader.Schema.DataFields.Length));
    }

    [Fact]
    public async Task WriteAsync_RowsBeyondAGroup_AreInSeveralGroupsOfColumns()
    {
        var record = GoldenFile.Read("trajectories.jsonl").Replace("3 teas.", new string('t', 3_000_000), StringComparison.Ordinal);
        var (bytes, rows, _) = await GoldenFile.WriteAsync("parquet", "train.parquet", string.Concat(Enumerable.Repeat(record, 7)));
        using var file = new MemoryStream(bytes);
        await using var reader = await Parquet.ParquetReader.CreateAsync(file);
        Assert.Equal((7L, 3), (rows, reader.RowGroupCount));
    }

    /// <summary>Rows of a Parquet file.</summary>
    private static class ParquetRows
    {
        public static async Task<string> ReadAsync(byte[] bytes)
        {
            using var file = new MemoryStream(bytes);
            var rows = await ParquetSerializer.DeserializeUntypedAsync(file);
            return CanonicalJson.Write(JsonSerializer.SerializeToElement(Assert.Single(rows.Data)));
        }
    }
}
