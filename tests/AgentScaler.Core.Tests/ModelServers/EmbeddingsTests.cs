using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using AgentScaler.ModelServers;
using AgentScaler.ModelServers.Embeddings;
using AgentScaler.ModelServers.Faults;

namespace AgentScaler.Core.Tests.ModelServers;

public sealed class EmbeddingsTests
{
    private const string Path = "v1/embeddings";

    [Fact]
    public async Task Embeddings_Batch_ComesInOrderInBothEncodings()
    {
        await using var server = await ChatServer.StartAsync();
        using var client = new WireClient(server);
        var (status, numbers) = await client.AskAsync("""{"model":"e","input":["find a book","Bücher","find a book"]}""", Path);
        var (_, coded) = await client.AskAsync("""{"model":"e","input":["find a book","Bücher","find a book"],"encoding_format":"base64"}""", Path);
        Assert.Equal(200, status);
        var vectors = numbers.GetProperty("data").EnumerateArray().Select(d => d.GetProperty("embedding").EnumerateArray().Select(n => n.GetSingle()).ToArray()).ToArray();
        Assert.Equal([64, 64, 64], vectors.Select(v => v.Length));
        Assert.Equal(vectors[0], vectors[2]);
        Assert.NotEqual(vectors[0], vectors[1]);
        Assert.Equal(vectors, coded.GetProperty("data").EnumerateArray().Select(d => MemoryMarshal.Cast<byte, float>(d.GetProperty("embedding").GetBytesFromBase64()).ToArray()));
        Assert.Equal(8, numbers.GetProperty("usage").GetProperty("prompt_tokens").GetInt64()); // 11, 7 and 11 bytes
        Assert.Equal((16L, 0L), (server.Tally.PromptTokens, server.Tally.CompletionTokens));
    }

    [Fact]
    public async Task Embeddings_OneTextAndDimensions_AreTaken()
    {
        await using var server = await ChatServer.StartAsync();
        using var client = new WireClient(server);
        var (_, answer) = await client.AskAsync("""{"model":"e","input":"one","dimensions":7}""", "openai/deployments/d/embeddings?api-version=1");
        Assert.Equal(7, Assert.Single(answer.GetProperty("data").EnumerateArray().ToArray()).GetProperty("embedding").GetArrayLength());
        Assert.Equal("d", answer.GetProperty("model").GetString());
    }

    [Theory]
    [InlineData("""{"model":"e"}""")]
    [InlineData("""{"model":"e","input":[]}""")]
    [InlineData("""{"model":"e","input":["a",""]}""")]
    [InlineData("""{"model":"e","input":[1,2]}""")]
    [InlineData("""{"model":"e","input":"a","encoding_format":"hex"}""")]
    public async Task Embeddings_BadInput_IsRefused(string body)
    {
        await using var server = await ChatServer.StartAsync();
        using var client = new WireClient(server);
        Assert.Equal(400, (await client.AskAsync(body, Path)).Status);
    }

    [Fact]
    public async Task Embeddings_Faults_BefallThemToo()
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Faults = FaultPlan.Always(TransportFault.TruncatedJson) });
        using var client = new WireClient(server);
        await Assert.ThrowsAnyAsync<JsonException>(() => client.AskAsync("""{"model":"e","input":"four"}""", Path));
        Assert.Equal((1L, 1L), (server.Tally.Faulted, server.Tally.LostTokens));
    }

    [Fact]
    public void Vector_WordsInCommon_PointTheSameWay()
    {
        var book = WordVectors.Of("Find a book by its title", 64);
        Assert.Equal(1.0, Dot(book, book), 1e-6);
        Assert.Equal(1.0, Dot(book, WordVectors.Of("title: FIND a its by book!", 64)), 1e-6);
        var near = Dot(book, WordVectors.Of("find a book by its author", 64));
        var far = Enumerable.Range(0, 50).Average(i => Dot(book, WordVectors.Of(string.Create(CultureInfo.InvariantCulture, $"zz{i} yy{i} xx{i}"), 64)));
        Assert.InRange(near, 0.6, 0.99);
        Assert.InRange(far, -0.1, 0.1);
        Assert.Equal(1, WordVectors.Of("?!", 3)[0]);
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
