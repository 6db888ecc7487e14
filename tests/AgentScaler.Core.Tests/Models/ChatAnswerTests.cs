using System.Text;
using System.Text.Json;
using AgentScaler.Models.Clients;

namespace AgentScaler.Core.Tests.Models;

public sealed class ChatAnswerTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("<html>", "not JSON")]
    [InlineData("""{"choices":[{"mess""", "not JSON")]
    [InlineData("[]", "no object")]
    [InlineData("{}", "without a message")]
    [InlineData("""{"choices":[]}""", "without a message")]
    [InlineData("""{"error":{"message":"overloaded"}}""", "overloaded")]
    [InlineData("""{"choices":[{"message":{"tool_calls":[{"id":"1"}]}}]}""", "without a function's name")]
    public void Check_NoAnswer_SaysWhatCameInstead(string body, string said)
    {
        var fault = Assert.Throws<BrokenAnswerException>(() => ChatAnswer.Check(Encoding.UTF8.GetBytes(body)));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"finish_reason":"eos","message":{"content":"x"}}""", "finish_reason", "\"stop\"")]
    [InlineData("""{"finish_reason":null,"message":{"content":"x"}}""", "finish_reason", "\"stop\"")]
    [InlineData("""{"finish_reason":"max_tokens","message":{"content":"x"}}""", "finish_reason", "\"length\"")]
    [InlineData("""{"finish_reason":"stop","message":{"content":"x","reasoning":"r"}}""", "message.reasoning_content", "\"r\"")]
    [InlineData("""{"finish_reason":"stop","message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}""", "message.content", "\"ab\"")]
    [InlineData("""{"finish_reason":"stop","message":{"content":{"a":1}}}""", "message.content", "\"{\\u0022a\\u0022:1}\"")]
    [InlineData("""{"finish_reason":"stop","message":{"content":"a\ud83d b \ud83d\ude00"}}""", "message.content", "\"a\\uFFFD b \\uD83D\\uDE00\"")]
    [InlineData("""{"finish_reason":"stop","message":{"tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]}}""", "message.tool_calls.0.function.arguments", "\"{\\u0022a\\u0022:1}\"")]
    [InlineData("""{"finish_reason":"stop","message":{"tool_calls":[{"function":{"name":"f"}}]}}""", "message.tool_calls.0.function.arguments", "\"{}\"")]
    [InlineData("""{"finish_reason":"stop","message":{"tool_calls":[{"function":{"name":"f"}}]}}""", "message.tool_calls.0.id", "\"call_0\"")]
    [InlineData("""{"finish_reason":"stop","message":{"content":"x","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":null}}]}}""", "message.tool_calls.0.function.arguments", "\"{}\"")]
    public void Check_AnswerOfAnotherDialect_IsEvenedOut(string choice, string path, string value)
    {
        var answer = ChatAnswer.Check(Encoding.UTF8.GetBytes($$"""{"choices":[{{choice}}]}"""));
        using var document = JsonDocument.Parse(answer);
        var found = path.Split('.').Aggregate(
            document.RootElement.GetProperty("choices")[0],
            (parent, name) => int.TryParse(name, out var index) ? parent[index] : parent.GetProperty(name));
        Assert.Equal(JsonSerializer.Deserialize<string>(value), found.GetString());
    }

    [Fact]
    public void Check_AnswerAsItShouldBe_IsNotTouched()
    {
        var body = Encoding.UTF8.GetBytes("""{"choices":[{"finish_reason":"stop","message":{"content":"x"}}],"usage":{"prompt_tokens":1}}""");
        Assert.Same(body, ChatAnswer.Check(body));
    }
}
