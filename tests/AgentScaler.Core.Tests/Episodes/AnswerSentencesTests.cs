using AgentScaler.Episodes;
using AgentScaler.Episodes.Scripted;

namespace AgentScaler.Core.Tests.Episodes;

public sealed class AnswerSentencesTests
{
    private static readonly string[] Three = ["look up the order", "cancel the order", "add the new refund"];

    [Fact]
    public void Failed_SeveralDeedsForOneReason_AreOneSentenceAndSorryIsSaidOnce()
    {
        var english = new EnglishAnswers();
        Assert.Equal("I am sorry, I could not look up the order, cancel the order or add the new refund: that is out of service at the moment.", english.Failed(Three, english.OutOfService, isMore: false));
        Assert.Equal("Nor could I cancel the order: no such order.", english.Failed(["cancel the order"], "no such order.", isMore: true));
        Assert.Equal("I am sorry, I could not find the price or due date.", english.NotFound(["price", "due date"]));
        Assert.Equal("I could not cancel the order, because what it needs was not found.", english.Unreachable(["cancel the order"]));
    }

    [Fact]
    public void Failed_InEitherLanguage_IsHeardAsAFailure()
    {
        AnswerSentences[] languages = [new EnglishAnswers(), new ChineseAnswers()];
        Assert.All(languages, sentences =>
        {
            Assert.True(AgentFailure.Is(sentences.Failed(Three, sentences.OutOfService, isMore: false)));
            Assert.True(AgentFailure.Is(sentences.Unreachable(Three)));
        });
    }
}
