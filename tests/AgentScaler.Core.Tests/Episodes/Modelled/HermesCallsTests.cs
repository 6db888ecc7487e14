using AgentScaler.Episodes.Modelled;

namespace AgentScaler.Core.Tests.Episodes.Modelled;

public sealed class HermesCallsTests
{
    [Theory]
    [InlineData("Let me see.\n<tool_call>\n{\"name\": \"find\", \"arguments\": {\"id\": 1}}\n</tool_call>", "Let me see.", "find {\"id\": 1}")]
    [InlineData("<tool_call>{\"name\":\"a\",\"arguments\":{}}</tool_call><tool_call>{\"name\":\"b\",\"arguments\":\"{\\\"x\\\":1}\"}</tool_call>", null, "a {}|b {\"x\":1}")]
    [InlineData("<tool_call>{\"name\":\"a\",\"arguments\":{\"x\":", null, "a {\"name\":\"a\",\"arguments\":{\"x\":")]
    [InlineData("<tool_call>no json</tool_call> Done.", "Done.", "unknown no json")]
    [InlineData("Just text.", "Just text.", "")]
    public void Take_Text_GivesWhatIsSaidAndTheCalls(string text, string? said, string calls)
    {
        var (rest, found) = HermesCalls.Take(text);

        Assert.Equal(said, rest);
        Assert.Equal(calls, string.Join('|', found.Select(call => $"{call.Name} {call.Arguments}")));
    }

    [Theory]
    [InlineData("<think>a\nb</think>\n\nHello", "Hello", "a\nb")]
    [InlineData("a</think>Hello", "Hello", "a")]
    [InlineData("<thinking>a</thinking>", null, "a")]
    [InlineData("Hello <think>a</think>", "Hello <think>a</think>", null)]
    [InlineData("Hello", "Hello", null)]
    [InlineData(" ", null, null)]
    public void Split_Text_TakesLeadingReasoningOut(string text, string? said, string? reasoning) =>
        Assert.Equal((said, reasoning), ReasoningText.Split(text, null));
}
