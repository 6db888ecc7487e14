using System.Text.RegularExpressions;
using AgentScaler.Episodes;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Core.Tests.Tasks.Wording;

public sealed partial class ChineseNounsTests(WordedTasks worded) : IClassFixture<WordedTasks>
{
    [Theory]
    [InlineData("order", "订单")]
    [InlineData("orders", "订单")]
    [InlineData("order items", "订单项目")]
    [InlineData("invoice due date", "发票到期日期")]
    [InlineData("number of guests", "客人数量")]
    [InlineData("date of birth", "出生日期")]
    [InlineData("is active", "是否启用")]
    [InlineData("student name", "学生姓名")]
    [InlineData("product name", "产品名称")]
    [InlineData("appointment start", "预约开始时间")]
    [InlineData("created at", "创建时间")]
    [InlineData("departure at", "出发时间")]
    [InlineData("zorgle tier", "zorgle 等级")]
    [InlineData("order zorgle id", "订单 zorgle 编号")]
    [InlineData("order zorgle", "order zorgle")]
    [InlineData("zorgled at", "zorgled at")]
    [InlineData("of", "of")]
    [InlineData("", "")]
    public void Of_Name_IsComposedAsFarAsItsWordsAreKnown(string english, string chinese) => Assert.Equal(chinese, ChineseNouns.Of(english));

    [Fact]
    public void Of_WhatIsChineseAlready_StaysAsItIs() => Assert.All(["订单项目", "zorgle 等级", "客人的数量"], name => Assert.Equal(name, ChineseNouns.Of(name)));

    [Fact]
    public void Glossary_IsLargeAndInChinese()
    {
        Assert.True(ChineseGlossary.Count > 400, $"{ChineseGlossary.Count}");
        Assert.Equal("预订", ChineseGlossary.Find("booking"));
    }

    [Fact]
    public void Chinese_ThingsThatTheGlossaryHas_AreNotNamedInEnglish() => Assert.All(worded.Chinese, item =>
    {
        var nouns = item.Environment.Package.Schema.Collections.Select(collection => SpokenWords.Plain(collection.Noun)).Where(noun => ChineseNouns.Of(noun) != noun).ToList();
        Assert.NotEmpty(nouns);
        Assert.All(item.Task.Requests, request =>
        {
            // Names of rows, keys and addresses are values, and stay as they are.
            var own = Value().Replace(request.Text, " ");
            Assert.All(nouns, noun => Assert.False(ScalarTexts.IsWordOf(noun, own), $"{noun}: {request.Text}"));
        });
    });

    [Theory]
    [InlineData("请问开始日期是什么？", "开始日期", true)]
    [InlineData("请告诉我日期。", "开始日期", true)]
    [InlineData("请问 zorgle 等级是什么？", "zorgle 等级", true)]
    [InlineData("可以继续吗？", "开始日期", false)]
    [InlineData("开始日期是 2025-07-09。", "开始日期", false)]
    public void AsksFor_ChineseName_IsFoundByItsLastWord(string text, string name, bool expected) => Assert.Equal(expected, AgentQuestion.AsksFor(text, name));

    [Theory]
    [InlineData("请 把 订单 “山田 太郎 的 书” 的 状态 设为 open 。", "请把订单“山田 太郎 的 书”的状态设为 open。")]
    public void Tidy_Spaces_GoBetweenChineseButNotWithinQuotes(string sentence, string expected) => Assert.Equal(expected, ChineseText.Tidy(sentence));

    [GeneratedRegex(@"“[^”]*”|[\w.]+@[\w.]+|\b\w+_[0-9a-f]+\b")]
    private static partial Regex Value();
}
