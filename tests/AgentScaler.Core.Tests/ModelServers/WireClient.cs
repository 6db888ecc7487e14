using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AgentScaler.ModelServers;

namespace AgentScaler.Core.Tests.ModelServers;

/// <summary>Asks a server over HTTP, with nothing between: what arrives is seen as it is.</summary>
internal sealed class WireClient(Uri root) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 128 }) { BaseAddress = root, Timeout = TimeSpan.FromSeconds(100) };

    public WireClient(ChatServer server)
        : this(server.AzureEndpoint)
    {
    }

    public HttpClient Http => http;

    /// <summary>A request of one user message.</summary>
    public static string Chat(string text, string more = "") =>
        $$"""{"model":"m","messages":[{"role":"user","content":{{JsonSerializer.Serialize(text)}}}]{{more}}}""";

    public Task<HttpResponseMessage> PostAsync(string body, string path = "v1/chat/completions", CancellationToken cancellation = default) =>
        http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), cancellation);

    /// <summary>The answer's status and JSON.</summary>
    public async Task<(int Status, JsonElement Body)> AskAsync(string body, string path = "v1/chat/completions")
    {
        using var answer = await PostAsync(body, path);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>The first choice of an answer that must be whole.</summary>
    public async Task<JsonElement> ChoiceAsync(string body)
    {
        var (status, answer) = await AskAsync(body);
        Assert.Equal(200, status);
        return answer.GetProperty("choices")[0];
    }

    public void Dispose() => http.Dispose();
}
