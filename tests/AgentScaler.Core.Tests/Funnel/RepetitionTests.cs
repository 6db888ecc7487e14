using AgentScaler.Episodes;
using AgentScaler.Funnel;

namespace AgentScaler.Core.Tests.Funnel;

public sealed class RepetitionTests
{
    [Fact]
    public void Check_RepeatedRun_SaysWhichHowOftenAndWhere()
    {
        var text = string.Join(' ', Enumerable.Range(0, 100).Select(i => "word" + i)) + string.Concat(Enumerable.Range(0, 5).Select(i => $" one two three four five six seven eight mark{i}"));
        var found = Check(text)!;
        Assert.Equal("message 2: in its text 'one two three four five six seven eight' stands 5 times, first at word 101 (at most 4)", found.Detail);
    }

    [Fact]
    public void Check_ShareOfRepeats_NamesTheMostFrequentOne()
    {
        var text = string.Concat(Enumerable.Range(0, 8).Select(i => $" the red book is here again n{i}"));
        Assert.Contains("of the 4-grams of its text are repeats (at most 30%), most often 'the red book is', 8 times, first at word 1", Check(text)!.Detail, StringComparison.Ordinal);
    }

    /// <summary>With 0 the trigger is the paper's alone, whatever the message's length.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(40, false)]
    public void Check_ShortListOfAlikeItems_IsJudgedFromTheLengthThatIsSet(int fromWords, bool rejected)
    {
        const string List = "Dune is lent out now. Emma is lent out now. Persuasion is lent out now.";
        Assert.Equal(rejected, Repetition.Check(Episode(List, null), new FunnelSettings { FourGramsFromWords = fromWords, MaximumFourGramShare = 0.1 }) is not null);
        Assert.Null(Repetition.Check(Episode("Yes.", null), new FunnelSettings { FourGramsFromWords = fromWords }));
    }

    [Fact]
    public void Check_Reasoning_IsNamed()
    {
        var episode = Episode("Fine.", string.Concat(Enumerable.Repeat("wait, I should check the book again now. ", 9)));
        Assert.Contains("in its reasoning", Repetition.Check(episode, new FunnelSettings())!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SameCalls_AreListed()
    {
        var transcript = new Transcript().User("?").Call("list_books", "{}", "[]").Call("get_book", "{}", "{}");
        for (var i = 0; i < 3; i++)
        {
            transcript.Call("list_books", "{}", "[]");
        }

        Assert.EndsWith("4 times with the same result: calls 0, 2, 3, 4", Repetition.Check(transcript.Agent("Fine.").End("t", "h"), new FunnelSettings())!.Detail, StringComparison.Ordinal);
    }

    /// <summary>Chinese has no spaces: its characters are the words, and more of them make a phrase.</summary>
    [Theory]
    [InlineData("好的，我再想一想这本书到底是哪一本，让我重新查一下记录。", 6, true)]
    [InlineData("好的，我再想一想这本书到底是哪一本，让我重新查一下记录。", 1, false)]
    public void Check_Chinese_FindsRepeatedPhrases(string sentence, int times, bool rejected) =>
        Assert.Equal(rejected, Check(string.Concat(Enumerable.Repeat(sentence, times))) is not null);

    [Fact]
    public void Check_ChineseListOfAlikeItems_IsOrdinaryLanguage()
    {
        string[] titles = ["沙丘", "爱玛", "劝导", "围城", "边城"];
        Assert.Null(Check(string.Concat(titles.Select((title, i) => $"《{title}》目前的借阅状态是{(i % 2 == 0 ? "可借" : "已借出")}，"))));
    }

    [Fact]
    public void Check_ChineseReasoningThatTurnsInCircles_IsRejected()
    {
        var loops = string.Concat(Enumerable.Range(0, 8).Select(i => $"我需要先查询用户的订单然后再确认退款金额第{i}步。"));
        Assert.NotNull(Check(loops));
    }

    private static Rejection? Check(string answer) => Repetition.Check(Episode(answer, null), new FunnelSettings());

    private static EpisodeRecord Episode(string answer, string? reasoning) =>
        new Transcript().User("?").Add(new EpisodeMessage("assistant", answer, ReasoningContent: reasoning)).End("task", "hash");
}
