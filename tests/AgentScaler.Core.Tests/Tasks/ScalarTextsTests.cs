using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Tasks;

public sealed class ScalarTextsTests
{
    [Theory]
    [InlineData("5", "bk-105", false)]
    [InlineData("5", "take 5, please", true)]
    [InlineData("ord-1", "请取消订单ord-1吧", true)]
    [InlineData("ord-1", "请取消订单ord-12吧", false)]
    [InlineData("北京", "我住在北京市", true)]
    [InlineData("", "what is the note of bk", false)]
    [InlineData(" ", "a b", false)]
    public void IsWordOf_Text_HoldsTheScalarAsAWord(string scalar, string text, bool holds) => Assert.Equal(holds, ScalarTexts.IsWordOf(scalar, text));
}
