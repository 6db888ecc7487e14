using System.Text;
using System.Text.Json;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Writers;

namespace AgentScaler.Core.Tests.Datasets.Writers;

public sealed class RecordReaderTests
{
    private readonly string line = GoldenFile.Read("trajectories.jsonl").TrimEnd('\n');

    [Theory]
    [InlineData("$.messages[6].role", "\"role\":\"user\",\"content\":\"And", "\"role\":5,\"content\":\"And")]
    [InlineData("$.messages[9].train", "\"content\":\"3 teas.\",\"train\":true", "\"content\":\"3 teas.\",\"train\":\"yes\"")]
    [InlineData("$.messages[6]", "{\"role\":\"user\",\"content\":\"And tea?\",\"train\":false}", "null")]
    [InlineData("$.messages[7].tool_calls[0]", "{\"id\":\"c3\",\"type\":\"function\",\"function\":{\"name\":\"find_item\",\"arguments\":{\"name\":\"tea\",\"limit\":10}}}", "null")]
    [InlineData("$.tools[0].type", "\"tools\":[{\"type\":\"function\"", "\"tools\":[{\"type\":7")]
    [InlineData("$.tools[2]", "\"parameters\":{}}}]", "\"parameters\":{}}},null]")]
    [InlineData("$.tools[1].function", ",\"parameters\":{}", "")]
    [InlineData("$.messages", "{\"messages\":[", "{\"messages\":null,\"messages\":[")]
    [InlineData("$.tools", "\"tools\":[", "\"tools\":null,\"tools\":[")]
    public void TryRead_OtherTypeOrNull_IsAnErrorWithItsPlace(string place, string old, string changed)
    {
        Assert.Contains(old, line, StringComparison.Ordinal);
        var error = Assert.Throws<JsonException>(() => Read(line.Replace(old, changed, StringComparison.Ordinal)));
        Assert.Equal(place, error.Path);
    }

    [Theory]
    [InlineData("And tea?", "\\ud83d")]
    [InlineData("And tea?", "\\ude00\\ud83d")]
    [InlineData("\"limit\":10.0", "\"limit\":\"a\\uD83Db\"")]
    [InlineData("\"arguments\":{}", "\"arguments\":{\"\\ud83d\":1}")]
    [InlineData("\"parameters\":{}", "\"parameters\":{\"description\":\"\\ud83d\\u0041\"}")]
    public void TryRead_HalfASurrogatePairAnywhere_IsToldFromARecord(string old, string changed)
    {
        Assert.Contains(old, line, StringComparison.Ordinal);
        var half = line.Replace(old, changed, StringComparison.Ordinal);
        Assert.False(Read(half));
        Assert.ThrowsAny<JsonException>(() => Read(half[..^1]));
    }

    [Theory]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\\\\ud83d")]
    [InlineData("\\n\\\"\\u00e9")]
    public void TryRead_WholeCharactersThatAreEscaped_AreARecord(string text) => Assert.True(Read(line.Replace("And tea?", text, StringComparison.Ordinal)));

    [Theory]
    [InlineData("And tea?")]
    [InlineData("\"limit\":10.0")]
    [InlineData("Find an item.")]
    public void TryRead_BytesThatAreNoUtf8_AreAnError(string old)
    {
        Assert.Contains(old, line, StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(line.Replace(old, old.StartsWith('"') ? "\"limit\":\"@\"" : "@", StringComparison.Ordinal));
        bytes[bytes.AsSpan().IndexOf((byte)'@')] = 0xff;
        Assert.Contains("UTF-8", Assert.Throws<JsonException>(() => new RecordReader<Trajectory>().TryRead(bytes, out _)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$.gold", "\"initial_changes\":[{\"collection\":\"items\",\"key\":\"tea\",\"removed\":false,\"row\":{\"price\":9.5,\"item\":\"tea\"}},{\"collection\":\"shops\",\"key\":\"s1\",\"removed\":true}],", "")]
    [InlineData("$.gold.required_outputs[0]", "[\"10.5 元\"]", "[null]")]
    [InlineData("$.gold.calls[1]", "\"item\":\"tea\"}}]", "\"item\":\"tea\"}},null]")]
    public void TryRead_TaskThatLacksAPart_IsAnErrorWithItsPlace(string place, string old, string changed)
    {
        var task = GoldenFile.Read("tasks.jsonl").TrimEnd('\n');
        Assert.Contains(old, task, StringComparison.Ordinal);
        var error = Assert.Throws<JsonException>(
            () => new RecordReader<DatasetTask>().TryRead(Encoding.UTF8.GetBytes(task.Replace(old, changed, StringComparison.Ordinal)), out _));
        Assert.Equal(place, error.Path);
    }

    private static bool Read(string text) => new RecordReader<Trajectory>().TryRead(Encoding.UTF8.GetBytes(text), out _);
}
