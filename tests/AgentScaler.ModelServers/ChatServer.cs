using System.Net;
using AgentScaler.ModelServers.Tallies;
using AgentScaler.ModelServers.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace AgentScaler.ModelServers;

/// <summary>
/// A server on this machine that speaks OpenAI's protocol: <c>POST chat/completions</c> (whole or streamed), <c>POST embeddings</c> and <c>GET models</c>,
/// below <c>/v1</c>, <c>/openai/v1</c> and <c>/openai/deployments/{name}</c>. A brain makes the answers; faults, limits and latency come by plan, and all is counted.
/// </summary>
public sealed class ChatServer : IAsyncDisposable
{
    private readonly TallyBook book = new();
    private readonly RateWindow window;
    private readonly WebApplication app;

    private ChatServer(ChatServerOptions options)
    {
        window = new RateWindow(options.Limits, options.Clock);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        app = builder.Build();
        var handler = new ApiHandler(options, book, window);
        app.Run(handler.HandleAsync);
    }

    /// <summary>The root of OpenAI's paths; ends in <c>/v1</c>.</summary>
    public Uri Endpoint => new(AzureEndpoint, "v1");

    /// <summary>The root of Azure's paths, as an Azure OpenAI resource has it.</summary>
    public Uri AzureEndpoint => new(app.Urls.Single());

    /// <summary>What was counted until now.</summary>
    public ServerTally Tally => book.Read(window);

    /// <summary>Starts a server on a free port.</summary>
    public static async Task<ChatServer> StartAsync(ChatServerOptions? options = null)
    {
        var server = new ChatServer(options ?? new ChatServerOptions());
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Ends all connections, and the server.</summary>
    public async ValueTask DisposeAsync()
    {
        // Requests that hang are not waited for.
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }
}
