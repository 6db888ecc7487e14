using System.Net.Http.Json;
using System.Text.Json;
using AgentScaler.ModelServers;
using AgentScaler.ModelServers.Chat;

namespace AgentScaler.Core.Tests.ModelServers;

public sealed class ChatServerTests
{
    private const string Tools = """
        ,"tools":[{"type":"function","function":{"name":"find_book","description":"Finds a book","strict":true,"parameters":{"type":"object","properties":{"title":{"type":"string"}},"required":["title"],"additionalProperties":false}}}]
        """;

    private static readonly ChatAnswer TwoCalls = new()
    {
        Content = "Looking 👩‍👧 it up",
        Reasoning = "They want a book.",
        ToolCalls = [new ChatCall("c1", "find_book", """{"title":"Emma"}"""), new ChatCall("c2", "find_book", "{not json")],
    };

    [Fact]
    public async Task Chat_Text_ComesBackWithTheServersCount()
    {
        await using var server = await ChatServer.StartAsync();
        using var client = new WireClient(server);
        var (status, answer) = await client.AskAsync(WireClient.Chat("good morning"));
        Assert.Equal(200, status);
        Assert.Equal("chat.completion", answer.GetProperty("object").GetString());
        Assert.Equal("good morning", answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("stop", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal((4L, 3L, 7L), Usage(answer)); // "user" and 12 bytes; 12 bytes
        Assert.Equal((4L, 3L), (server.Tally.PromptTokens, server.Tally.CompletionTokens));
        Assert.EndsWith("/v1", server.Endpoint.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_Request_ReachesTheBrainAsSent()
    {
        ChatRequest? seen = null;
        await using var server = await StartAsync(request => seen = request);
        using var client = new WireClient(server);
        client.Http.DefaultRequestHeaders.Add("X-Trial", "3");
        var body = """
            {"model":"m","seed":7,"temperature":0.5,"top_p":0.9,"max_completion_tokens":90,"stop":"END","parallel_tool_calls":false,"tool_choice":{"type":"function","function":{"name":"find_book"}},
             "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object"}}},
             "messages":[{"role":"system","content":"be brief"},{"role":"user","name":"ann","content":[{"type":"text","text":"which "},{"type":"image_url","image_url":{"url":"data:,"}},{"type":"text","text":"book?"}]},
              {"role":"assistant","content":null,"tool_calls":[{"id":"c9","type":"function","function":{"name":"find_book","arguments":"{\"a\":1}"}}]},
              {"role":"tool","tool_call_id":"c9","content":"{}"}]
            """ + Tools + "}";
        await client.ChoiceAsync(body);
        Assert.NotNull(seen);
        Assert.Equal(("m", 7L, 0.5, 0.9, 90), (seen.Model, seen.Seed, seen.Temperature, seen.TopP, seen.MaxTokens));
        Assert.Equal(("find_book", false, "json_schema"), (seen.ToolChoice, seen.ParallelToolCalls, seen.ResponseFormat));
        Assert.Equal("""{"type":"object"}""", seen.ResponseSchema?.GetRawText());
        Assert.Equal(["END"], seen.Stop);
        Assert.Equal(["system", "user", "assistant", "tool"], seen.Messages.Select(m => m.Role));
        Assert.Equal(("which book?", "ann"), (seen.Messages[1].Content, seen.Messages[1].Name));
        Assert.Equal(["text", "image_url", "text"], seen.Messages[1].PartTypes);
        Assert.Equal(new ChatCall("c9", "find_book", """{"a":1}"""), Assert.Single(seen.Messages[2].ToolCalls));
        Assert.Equal("c9", seen.Messages[3].ToolCallId);
        var tool = Assert.Single(seen.Tools);
        Assert.Equal(("find_book", "Finds a book", true), (tool.Name, tool.Description, tool.Strict));
        Assert.Equal("3", seen.Headers["x-trial"]);
        Assert.Equal(body, seen.Body);
    }

    [Fact]
    public async Task Chat_Calls_GoOutWithTheirRawArguments()
    {
        await using var server = await StartAsync(_ => { }, TwoCalls);
        using var client = new WireClient(server);
        var choice = await client.ChoiceAsync(WireClient.Chat("x", Tools));
        var message = choice.GetProperty("message");
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(TwoCalls.Reasoning, message.GetProperty("reasoning_content").GetString());
        Assert.Equal(
            TwoCalls.ToolCalls,
            message.GetProperty("tool_calls").EnumerateArray().Select(c => new ChatCall(
                c.GetProperty("id").GetString()!, c.GetProperty("function").GetProperty("name").GetString()!, c.GetProperty("function").GetProperty("arguments").GetString()!)));
    }

    [Fact]
    public async Task Chat_Streamed_IsTheSameAnswerInPieces()
    {
        await using var server = await StartAsync(_ => { }, TwoCalls);
        using var client = new WireClient(server);
        using var answer = await client.PostAsync(WireClient.Chat("x", ""","stream":true,"stream_options":{"include_usage":true}""" + Tools));
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var chunks = await StreamedChat.ChunksAsync(answer);
        var read = StreamedChat.Read(chunks);
        Assert.Equal((TwoCalls.Content, TwoCalls.Reasoning, "tool_calls"), (read.Content, read.Reasoning, read.FinishReason));
        Assert.Equal(TwoCalls.ToolCalls, read.ToolCalls);
        Assert.True(chunks.Length > 8, $"in {chunks.Length} pieces");
        Assert.Equal((server.Tally.PromptTokens, server.Tally.CompletionTokens, server.Tally.PromptTokens + server.Tally.CompletionTokens), Usage(chunks[^1]));
    }

    [Theory]
    [InlineData("openai/v1/chat/completions", 200, "m")]
    [InlineData("openai/deployments/gpt-x/chat/completions?api-version=2024-10-21", 200, "gpt-x")]
    [InlineData("openai/deployments/gpt-x/chat/completions", 404, null)]
    [InlineData("v1/completions", 404, null)]
    public async Task Chat_OtherPaths_AreThoseOfAzure(string path, int status, string? model)
    {
        await using var server = await ChatServer.StartAsync();
        using var client = new WireClient(server);
        Assert.Equal(status, (await client.AskAsync(WireClient.Chat("x"), path)).Status);
        Assert.Equal(model, server.Tally.Models.Keys.SingleOrDefault());
    }

    [Theory]
    [InlineData("Authorization", "Bearer right", 200)]
    [InlineData("api-key", "right", 200)]
    [InlineData("api-key", "wrong", 401)]
    [InlineData("X-Other", "right", 401)]
    public async Task Chat_Key_IsDemanded(string header, string value, int status)
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { RequiredKey = "right", QuotesKey = true });
        using var client = new WireClient(server);
        client.Http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        var (got, body) = await client.AskAsync(WireClient.Chat("x"));
        Assert.Equal(status, got);
        if (status == 401)
        {
            var error = body.GetProperty("error");
            Assert.Equal("invalid_api_key", error.GetProperty("code").GetString());
            Assert.Equal(value is "wrong", error.GetProperty("message").GetString()!.Contains("key: wrong", StringComparison.Ordinal));
            Assert.Equal((1, 0), (server.Tally.Rejected, server.Tally.Completed));
        }
    }

    [Theory]
    [InlineData("{", "parse")]
    [InlineData("[]", "expected Object")]
    [InlineData("""{"messages":[]}""", "'model'")]
    [InlineData("""{"model":"m"}""", "'messages'")]
    [InlineData("""{"model":"m","messages":[]}""", "empty")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":5}]}""", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"wizard","content":"x"}]}""", "wizard")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":0}""", "max_tokens")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"tool_choice":"auto"}""", "tool_choice")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_object"}}""", "json")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","content":"x","tool_call_id":"c"}]}""", "preceding")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":""}}]},{"role":"user","content":"x"}]}""", "no response: c")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"a.b"}}]}""", "a.b")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"name":"s","strict":true,"schema":{"type":"object"}}}}""", "context=(), 'additionalProperties'")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":{"type":"object","additionalProperties":false,"required":["a"],"properties":{"a":{"type":"array","items":{"type":"object","additionalProperties":false,"properties":{"b":{}}}}}}}}]}""", "(/properties/a/items), 'required'")]
    public async Task Chat_BrokenRule_IsRefusedAndNamed(string body, string named)
    {
        await using var server = await ChatServer.StartAsync();
        using var client = new WireClient(server);
        var (status, answer) = await client.AskAsync(body);
        Assert.Equal(400, status);
        Assert.Contains(named, answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (server.Tally.Requests, server.Tally.Rejected));
    }

    [Fact]
    public async Task Chat_ModelsAndContextLength_AreListedAndKept()
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Models = ["m", "n"], ContextLength = 10 });
        using var client = new WireClient(server);
        var list = (await client.Http.GetFromJsonAsync<JsonElement>(new Uri("v1/models", UriKind.Relative))).GetProperty("data");
        Assert.Equal(["m", "n"], list.EnumerateArray().Select(m => m.GetProperty("id").GetString()!));
        Assert.Equal(10, list[0].GetProperty("max_model_len").GetInt32());
        Assert.Equal(404, (await client.AskAsync(WireClient.Chat("x").Replace("\"m\"", "\"o\"", StringComparison.Ordinal))).Status);
        Assert.Equal(200, (await client.AskAsync(WireClient.Chat("x"))).Status);
        var (status, body) = await client.AskAsync(WireClient.Chat(new string('x', 40)));
        Assert.Equal((400, "context_length_exceeded"), (status, body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Chat_BrainThatThrows_IsToldToTheClient()
    {
        await using var server = await StartAsync(_ => throw new NotSupportedException("no such scene"));
        using var client = new WireClient(server);
        var (status, body) = await client.AskAsync(WireClient.Chat("x"));
        Assert.Equal(500, status);
        Assert.Contains("no such scene", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, server.Tally.Failed);
    }

    [Fact]
    public async Task Chat_OwnUsageAndRawBody_GoOutAsGiven()
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions
        {
            Brain = (request, _) => ValueTask.FromResult(request.Messages[0].Content is "raw"
                ? new ChatAnswer { RawBody = "I'm a teapot", RawStatus = 418, RawType = "text/plain" }
                : ChatAnswer.Text("hi") with { Usage = new ChatUsage(1000, 50, 800, 20) }),
        });
        using var client = new WireClient(server);
        var (_, answer) = await client.AskAsync(WireClient.Chat("x"));
        Assert.Equal((1000L, 50L, 1050L), Usage(answer));
        Assert.Equal(800, answer.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt64());
        using var raw = await client.PostAsync(WireClient.Chat("raw"));
        Assert.Equal((418, "I'm a teapot"), ((int)raw.StatusCode, await raw.Content.ReadAsStringAsync()));
        Assert.Equal((1000L, 50L), (server.Tally.PromptTokens, server.Tally.CompletionTokens));
    }

    private static Task<ChatServer> StartAsync(Action<ChatRequest> see, ChatAnswer? answer = null) => ChatServer.StartAsync(new ChatServerOptions
    {
        Brain = (request, _) =>
        {
            see(request);
            return ValueTask.FromResult(answer ?? ChatAnswer.Text("ok"));
        },
    });

    private static (long Prompt, long Completion, long Total) Usage(JsonElement answer)
    {
        var usage = answer.GetProperty("usage");
        return (usage.GetProperty("prompt_tokens").GetInt64(), usage.GetProperty("completion_tokens").GetInt64(), usage.GetProperty("total_tokens").GetInt64());
    }
}
