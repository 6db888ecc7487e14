using System.Text.Json;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Models;
using AgentScaler.Models.Clients;
using AgentScaler.Models.Spending;
using AgentScaler.Models.Structured;
using AgentScaler.ModelServers;
using AgentScaler.Storage;
using Microsoft.Extensions.AI;

namespace AgentScaler.Core.Tests.Models;

/// <summary>Our clients against a model server that others wrote.</summary>
public sealed class AimockClientTests : IDisposable
{
    private const string Fixtures = """
        {"fixtures":[
          {"match":{"userMessage":"good morning"},"response":{"content":"Good morning to you.","reasoning":"They greet."}},
          {"match":{"userMessage":"Emma","toolName":"find_book"},"response":{"toolCalls":[{"id":"call_1","name":"find_book","arguments":{"title":"Emma"}}]}},
          {"match":{"userMessage":"capital","responseFormat":"json_schema"},"response":{"content":{"city":"Oslo"}}},
          {"match":{"inputText":"library"},"response":{"embedding":[0.6,0.8]}},
          {"match":{"userMessage":"busy","sequenceIndex":0},"response":{"error":{"message":"later","type":"rate_limit_error","code":"rate_limit_exceeded"},"status":429,"retryAfter":1}},
          {"match":{"userMessage":"busy"},"response":{"content":"Now."}}
        ]}
        """;

    private static readonly JsonElement Schema = JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}""");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public async Task Ask_ChatToolsSchemaEmbeddingsAndErrors_AreUnderstood()
    {
        await File.WriteAllTextAsync(folder.File("fixtures.json"), Fixtures);
        var (server, missing) = await AimockServer.StartAsync(folder.File("fixtures.json"));
        Skip.If(server is null, missing);
        using var running = server;
        using var state = new SqliteStateStore(folder.File("state.db"));
        using var host = new ModelHost(TimeProvider.System, _ => "test-key");
        var ledger = await SpendLedger.OpenAsync(state, TimeProvider.System, "campaign", "this", default);
        var model = new ModelSettings { Model = "m" };
        var settings = new ModelsSettings { Agent = model, Builder = model, Embedding = new EmbeddingModelSettings { Model = "text-embedding-3-small" } };
        var models = host.OpenUnkept(settings, _ => new ModelEndpoint { Address = server!.Endpoint, Attempts = 2 }, ledger);
        var agent = models.Of(ModelRole.Agent)!;

        var greeting = await agent.AskAsync([new ChatMessage(ChatRole.User, "good morning")], default);
        Assert.Equal(("Good morning to you.", "They greet."), (greeting.Text, greeting.Reasoning));

        var tool = AIFunctionFactory.CreateDeclaration("find_book", "Finds a book.", Schema);
        var call = Assert.Single((await agent.AskAsync([new ChatMessage(ChatRole.User, "Have you got Emma?")], default, [tool])).Calls!);
        Assert.Equal(("find_book", "Emma"), (call.Name, JsonElement.Parse(call.Arguments).GetProperty("title").GetString()));

        var question = new StructuredQuestion<Answer> { Name = "capital", System = "You answer.", Text = "What is the capital of Norway?", Schema = Schema };
        Assert.Equal(new Answer("Oslo"), (await new StructuredModel(models.Of(ModelRole.Builder)!).AskAsync(question, default)).Value);

        float[] vector = [0.6f, 0.8f];
        Assert.Equal(vector, (await models.Embeddings!.EmbedAsync(["a library"], default))[0].ToArray());

        Assert.Equal("Now.", (await agent.AskAsync([new ChatMessage(ChatRole.User, "busy?")], default)).Text);
        Assert.Equal(1, ledger.Total.Retries["throttled"]);
        var refused = await Assert.ThrowsAsync<ModelException>(() => agent.AskAsync([new ChatMessage(ChatRole.User, "something else")], default));
        Assert.Equal(ModelFault.Unavailable, refused.Fault);
    }

    private sealed record Answer(string City);
}
