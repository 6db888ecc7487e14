using System.Text.Json;
using AgentScaler.Models;
using AgentScaler.Models.Structured;

namespace AgentScaler.Core.Tests.Models;

public sealed class StructuredModelTests
{
    private static readonly JsonElement Schema = JsonElement.Parse(
        """{"type":"object","properties":{"name":{"type":"string"},"count":{"type":"integer","minimum":1}},"required":["name","count"],"additionalProperties":false}""");

    [Theory]
    [InlineData("""{"name":"a","count":2}""")]
    [InlineData("```json\n{\"name\":\"a\",\"count\":2}\n```")]
    [InlineData("Sure! Here it is: {\"name\":\"a\",\"count\":2} I hope {that} helps.")]
    [InlineData("{\"name\":\"a\",\"count\":2,}")]
    [InlineData("<think>{\"x\":1}</think>{\"name\":\"a\",\"count\":2}")]
    public async Task Ask_JsonInWhateverDress_IsRead(string text)
    {
        var reply = await AskAsync(new Answers(Answers.Text(text)));

        Assert.Equal(new Thing("a", 2), reply.Value);
        Assert.Equal(1, reply.Usage.Requests);
    }

    [Theory]
    [InlineData("""{"name":"a","count":0}""", "$.count")]
    [InlineData("""{"name":"a","count":"two"}""", "$.count")]
    [InlineData("""{"name":"a","count":2,"more":1}""", "more")]
    [InlineData("""{"name":"\ud83d","count":2}""", "")]
    [InlineData("""{"name":"a","cou""", "no whole JSON")]
    [InlineData("I can't.", "no whole JSON")]
    [InlineData("", "empty")]
    [InlineData(null, "empty")]
    public async Task Ask_ReplyThatCannotBeUsed_IsToldBackAndAskedAgain(string? text, string told)
    {
        var answers = new Answers(Answers.Text(text), Answers.Text("""{"name":"a","count":2}"""));

        var reply = await AskAsync(answers);

        Assert.Equal(new Thing("a", 2), reply.Value);
        Assert.Equal(new ModelUsage(2, 20, 0, 10, 0), reply.Usage);
        Assert.Contains(told, answers.Asked[1][^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length", "cut off")]
    [InlineData("content_filter", "content filter")]
    public async Task Ask_NeverAUsableReply_GivesTheFaultAfterAllRetries(string finish, string fault)
    {
        var answers = new Answers(Answers.Text("""{"name":"a","count":2}""", finish));

        var reply = await AskAsync(answers);

        Assert.Null(reply.Value);
        Assert.Contains(fault, reply.Fault, StringComparison.Ordinal);
        Assert.Equal(3, answers.Asked.Count);
    }

    [Fact]
    public async Task Ask_CheckThatFails_IsToldBack()
    {
        var answers = new Answers(Answers.Text("""{"name":"wrong","count":2}"""), Answers.Text("""{"name":"a","count":2}"""));

        var reply = await AskAsync(answers, thing => thing.Name == "wrong" ? ["the name is wrong"] : []);

        Assert.Equal(new Thing("a", 2), reply.Value);
        Assert.Contains("- the name is wrong", answers.Asked[1][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_EndpointThatTakesNoSchemas_IsAskedInWordsAlone()
    {
        var answers = new Answers(Answers.Fault(ModelFault.Rejected), Answers.Text("""{"name":"a","count":2}"""));

        Assert.Equal(new Thing("a", 2), (await AskAsync(answers)).Value);
        Assert.Contains("\"minimum\":1", answers.Asked[1][0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_HugeReply_IsReadAndNotSentBackWhole()
    {
        var answers = new Answers(Answers.Text(new string('x', 300_000)), Answers.Text(new string(' ', 200_000) + """{"name":"a","count":2}"""));

        Assert.Equal(new Thing("a", 2), (await AskAsync(answers)).Value);
        Assert.InRange(answers.Asked[1][^2].Text.Length, 1, 25_000);
    }

    private static Task<StructuredReply<Thing>> AskAsync(Answers answers, Func<Thing, IReadOnlyList<string>>? check = null) =>
        new StructuredModel(new RoleModel(ModelRole.Builder, new ModelSettings { SemanticRetries = 2 }, answers)).AskAsync(
            new StructuredQuestion<Thing> { Name = "thing", System = "s", Text = "t", Schema = Schema, Check = check ?? (_ => []) }, CancellationToken.None);

    private sealed record Thing(string Name, int Count);
}
