using System.Net.Http.Json;
using System.Text.Json;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.ModelServers;

namespace AgentScaler.Core.Tests.ModelServers;

public sealed class AimockServerTests : IDisposable
{
    private const string Fixtures = """
        {"fixtures":[
          {"match":{"userMessage":"good morning"},"response":{"content":"Good morning to you.","reasoning":"They greet."}},
          {"match":{"userMessage":"Emma","toolName":"find_book","hasToolResult":false},
           "response":{"toolCalls":[{"id":"call_1","name":"find_book","arguments":{"title":"Emma"}}]}},
          {"match":{"toolCallId":"call_1","toolResultContains":"b-7"},"response":{"content":"It stands under b-7."}},
          {"match":{"userMessage":"plan","responseFormat":"json_schema"},"response":{"content":{"steps":["look","lend"]}}},
          {"match":{"inputText":"library"},"response":{"embedding":[0.6,0.8]}},
          {"match":{"userMessage":"busy","sequenceIndex":0},
           "response":{"error":{"message":"later","type":"rate_limit_error","code":"rate_limit_exceeded"},"status":429,"retryAfter":2}},
          {"match":{"userMessage":"busy"},"response":{"content":"Now."}}
        ]}
        """;

    private const string Tools = ""","tools":[{"type":"function","function":{"name":"find_book","parameters":{"type":"object"}}}]""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public async Task Fixtures_ChatToolsSchemaEmbeddingsAndErrors_AreAnswered()
    {
        using var server = await StartAsync(Fixtures);
        using var client = new WireClient(new Uri(server.Endpoint, "/"));

        var greeting = (await client.ChoiceAsync(WireClient.Chat("good morning!"))).GetProperty("message");
        Assert.Equal(("Good morning to you.", "They greet."), (greeting.GetProperty("content").GetString(), greeting.GetProperty("reasoning_content").GetString()));

        var call = (await client.ChoiceAsync(WireClient.Chat("Have you got Emma?", Tools))).GetProperty("message").GetProperty("tool_calls")[0];
        Assert.Equal(("call_1", """{"title":"Emma"}"""), (call.GetProperty("id").GetString(), call.GetProperty("function").GetProperty("arguments").GetString()));
        var found = await client.ChoiceAsync($$$"""
            {"model":"m","messages":[{"role":"user","content":"Have you got Emma?"},{"role":"assistant","content":null,"tool_calls":[{{{call.GetRawText()}}}]},
            {"role":"tool","tool_call_id":"call_1","content":"{\"book_id\":\"b-7\"}"}]{{{Tools}}}}
            """);
        Assert.Equal("It stands under b-7.", found.GetProperty("message").GetProperty("content").GetString());

        var plan = await client.ChoiceAsync(WireClient.Chat("a plan", ""","response_format":{"type":"json_schema","json_schema":{"name":"plan","schema":{"type":"object"}}}"""));
        Assert.Equal("""{"steps":["look","lend"]}""", plan.GetProperty("message").GetProperty("content").GetString());

        var (_, vectors) = await client.AskAsync("""{"model":"e","input":["a library","its books"]}""", "v1/embeddings");
        Assert.Equal([0.6, 0.8], vectors.GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(n => n.GetDouble()));

        using var busy = await client.PostAsync(WireClient.Chat("busy?"));
        Assert.Equal((429, TimeSpan.FromSeconds(2)), ((int)busy.StatusCode, busy.Headers.RetryAfter?.Delta));
        Assert.Equal("Now.", (await client.ChoiceAsync(WireClient.Chat("busy?"))).GetProperty("message").GetProperty("content").GetString());

        Assert.Equal("no_fixture_match", (await client.AskAsync(WireClient.Chat("else"))).Body.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal([200, 200, 200, 200, 200, 429, 200, 503], (await client.Http.GetFromJsonAsync<JsonElement>(server.Journal)).EnumerateArray().Select(e => e.GetProperty("response").GetProperty("status").GetInt32()));
    }

    [SkippableFact]
    public async Task Fixtures_Streamed_ComeInPieces()
    {
        using var server = await StartAsync(Fixtures);
        using var client = new WireClient(new Uri(server.Endpoint, "/"));
        using var answer = await client.PostAsync(WireClient.Chat("Have you got Emma?", ""","stream":true""" + Tools));
        var read = StreamedChat.Read(await StreamedChat.ChunksAsync(answer));
        Assert.Equal(("tool_calls", """{"title":"Emma"}"""), (read.FinishReason, Assert.Single(read.ToolCalls).Arguments));
    }

    [SkippableFact]
    public async Task Start_FaultyFixture_SaysSo()
    {
        using (await StartAsync(Fixtures))
        {
            // It can be had on this machine.
        }

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync("""{"fixtures":[{"match":{"userMessage":"x"},"response":{"text":"y"}}]}"""));
        Assert.Contains("Validation failed", error.Message, StringComparison.Ordinal);
    }

    private async Task<AimockServer> StartAsync(string fixtures)
    {
        var file = Path.Combine(folder.Path, "fixtures.json");
        await File.WriteAllTextAsync(file, fixtures);
        var (server, missing) = await AimockServer.StartAsync(file);
        Skip.If(missing is not null, $"needs aimock: {missing}");
        return server!;
    }
}
