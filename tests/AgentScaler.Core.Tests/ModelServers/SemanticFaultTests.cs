using System.Text;
using System.Text.Json;
using AgentScaler.ModelServers;
using AgentScaler.ModelServers.Chat;
using AgentScaler.ModelServers.Faults;

namespace AgentScaler.Core.Tests.ModelServers;

public sealed class SemanticFaultTests
{
    private const string Arguments = """{"title":"Emma","copies":2,"new":true,"tags":["a"],"due":null}""";

    private static readonly ChatAnswer Call = ChatAnswer.Call(new ChatCall("c1", "find_book", Arguments));
    private static readonly ChatAnswer Json = ChatAnswer.Text("""{"title": "Emma"}""");
    private static readonly ChatAnswer Prose = ChatAnswer.Text("Here you are.");

    [Fact]
    public async Task MalformedArguments_EveryForm_IsNoJson()
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        await using var server = await StartAsync(SemanticFault.MalformedArguments, Call);
        using var client = new WireClient(server);
        for (var i = 0; i < 30; i++)
        {
            var arguments = Function(await client.ChoiceAsync(WireClient.Chat("x"))).Arguments;
            Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(arguments));
            forms.Add(arguments);
        }

        Assert.Equal(3, forms.Count);
        Assert.Equal(30, server.Tally.Semantic[SemanticFault.MalformedArguments]);
    }

    [Fact]
    public async Task WrongArgumentTypes_Call_ChangesEachType()
    {
        var (choice, _) = await AskAsync(SemanticFault.WrongArgumentTypes, Call);
        var read = JsonSerializer.Deserialize<JsonElement>(Function(choice).Arguments);
        Assert.Equal(
            [JsonValueKind.Number, JsonValueKind.String, JsonValueKind.String, JsonValueKind.String, JsonValueKind.Object],
            read.EnumerateObject().Select(p => p.Value.ValueKind));
        Assert.Equal(["title", "copies", "new", "tags", "due"], read.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task UnknownTool_Call_NamesAnother()
    {
        var (choice, _) = await AskAsync(SemanticFault.UnknownTool, Call);
        Assert.Equal(("find_book_v2", Arguments), Function(choice));
    }

    [Fact]
    public async Task SeveralCalls_Call_ComesTwice()
    {
        var (choice, _) = await AskAsync(SemanticFault.SeveralCalls, Call);
        var calls = choice.GetProperty("message").GetProperty("tool_calls");
        Assert.Equal(["c1", "c1-again"], calls.EnumerateArray().Select(c => c.GetProperty("id").GetString()!));
        Assert.Equal(calls[0].GetProperty("function").GetRawText(), calls[1].GetProperty("function").GetRawText());
    }

    [Fact]
    public async Task TextForCall_Call_BecomesText()
    {
        var (choice, text) = await AskAsync(SemanticFault.TextForCall, Call);
        Assert.False(choice.GetProperty("message").TryGetProperty("tool_calls", out _));
        Assert.Contains("find_book", text, StringComparison.Ordinal);
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
    }

    [Theory]
    [InlineData(SemanticFault.EmptyContent, "stop")]
    [InlineData(SemanticFault.ContentFilter, "content_filter")]
    public async Task Nothing_AnyAnswer_IsLeftOut(SemanticFault fault, string end)
    {
        foreach (var answer in new[] { Call, Json, Prose })
        {
            var (choice, text) = await AskAsync(fault, answer);
            Assert.Equal(("", end), (text, choice.GetProperty("finish_reason").GetString()));
            Assert.False(choice.GetProperty("message").TryGetProperty("tool_calls", out _));
        }
    }

    [Fact]
    public async Task Refusal_AnyAnswer_IsRefused()
    {
        var (choice, text) = await AskAsync(SemanticFault.Refusal, Prose);
        Assert.Null(text);
        Assert.NotEmpty(choice.GetProperty("message").GetProperty("refusal").GetString()!);
    }

    [Fact]
    public async Task Length_TextAndCall_AreCutOff()
    {
        var (choice, text) = await AskAsync(SemanticFault.Length, ChatAnswer.Text("abc👩def"));
        Assert.Equal(("abc", "length"), (text, choice.GetProperty("finish_reason").GetString()));
        (choice, _) = await AskAsync(SemanticFault.Length, Call);
        Assert.Equal(("length", Arguments[..(Arguments.Length / 2)]), (choice.GetProperty("finish_reason").GetString(), Function(choice).Arguments));
    }

    [Theory]
    [InlineData(SemanticFault.FencedJson, "```json\n", "\n```")]
    [InlineData(SemanticFault.ProseAroundJson, "Sure! Here is what you asked for:\n\n", "\n\nLet me know if you need {more}.")]
    public async Task JsonDisguised_Json_IsStillInside(SemanticFault fault, string before, string after)
    {
        var (_, text) = await AskAsync(fault, Json);
        Assert.Equal(before + Json.Content + after, text);
    }

    [Fact]
    public async Task HugeReply_AnyAnswer_IsAboveTwoHundredThousandBytes()
    {
        var (_, text) = await AskAsync(SemanticFault.HugeReply, Prose);
        Assert.InRange(Encoding.UTF8.GetByteCount(text!), 200_000, 201_000);
        Assert.StartsWith(Prose.Content!, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StrangeCharacters_AnyAnswer_ArriveAsSent()
    {
        var (_, text) = await AskAsync(SemanticFault.StrangeCharacters, Prose);
        foreach (var strange in new[] { "\u202B", "\u05E9", "\U0001F468\u200D\U0001F469", "\u001B", "\u0001", "\uFEFF", "\u0085", Prose.Content! })
        {
            Assert.Contains(strange, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(SemanticFault.MalformedArguments)]
    [InlineData(SemanticFault.WrongArgumentTypes)]
    [InlineData(SemanticFault.UnknownTool)]
    [InlineData(SemanticFault.TextForCall)]
    [InlineData(SemanticFault.SeveralCalls)]
    [InlineData(SemanticFault.FencedJson)]
    [InlineData(SemanticFault.ProseAroundJson)]
    public async Task CannotBefall_Prose_LeavesItAndIsNotCounted(SemanticFault fault)
    {
        await using var server = await StartAsync(fault, Prose);
        using var client = new WireClient(server);
        Assert.Equal(Prose.Content, (await client.ChoiceAsync(WireClient.Chat("x"))).GetProperty("message").GetProperty("content").GetString());
        Assert.Empty(server.Tally.Semantic);
    }

    private static Task<ChatServer> StartAsync(SemanticFault fault, ChatAnswer answer) =>
        ChatServer.StartAsync(new ChatServerOptions { Faults = FaultPlan.Always(fault), Brain = (_, _) => ValueTask.FromResult(answer) });

    private static async Task<(JsonElement Choice, string? Text)> AskAsync(SemanticFault fault, ChatAnswer answer)
    {
        await using var server = await StartAsync(fault, answer);
        using var client = new WireClient(server);
        var choice = await client.ChoiceAsync(WireClient.Chat("x"));
        Assert.Equal([KeyValuePair.Create(fault, 1L)], server.Tally.Semantic);
        return (choice, choice.GetProperty("message").GetProperty("content").GetString());
    }

    private static (string Name, string Arguments) Function(JsonElement choice)
    {
        var function = choice.GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function");
        return (function.GetProperty("name").GetString()!, function.GetProperty("arguments").GetString()!);
    }
}
