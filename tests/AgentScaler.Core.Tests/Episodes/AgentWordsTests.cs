using AgentScaler.Episodes;

namespace AgentScaler.Core.Tests.Episodes;

public sealed class AgentWordsTests
{
    [Theory]
    [InlineData("I'm sorry, but I can’t print that for you.", true)]
    [InlineData("That is not possible with my tools.", true)]
    [InlineData("抱歉，我无法打印。", true)]
    [InlineData("I have gone through your request.", false)]
    [InlineData("I could not find the order.", false)]
    [InlineData("已经办好了。", false)]
    public void Refusal_IsFoundByItsWords(string text, bool expected) => Assert.Equal(expected, AgentRefusal.Is(text));

    [Theory]
    [InlineData("Which unit price should it have?", "unit price", true)]
    [InlineData("Please tell me the prices you have in mind.", "unit price", true)]
    [InlineData("请问 unit price 是什么？", "unit price", true)]
    [InlineData("Shall I go ahead?", "unit price", false)]
    [InlineData("The unit price is 20.", "unit price", false)]
    [InlineData("What is the IP?", "ip", true)]
    public void Question_NamesTheFactItAsksFor(string text, string name, bool expected) => Assert.Equal(expected, AgentQuestion.AsksFor(text, name));
}
