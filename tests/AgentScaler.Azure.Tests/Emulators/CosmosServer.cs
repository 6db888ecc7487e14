using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AgentScaler.Azure.Rows;
using AgentScaler.ModelServers.Node;
using AgentScaler.Storage;
using Azure.Core;
using Azure.Identity;
using Microsoft.Azure.Cosmos;

namespace AgentScaler.Azure.Tests.Emulators;

/// <summary>
/// The account that <c>COSMOS_ENDPOINT</c> names (with <c>COSMOS_KEY</c> or an identity), else <c>@vercel/cosmosdb-server</c>, which knows items,
/// ETags and simple queries, but no transactional batches.
/// </summary>
public sealed partial class CosmosServer : IAsyncLifetime
{
    // Any key will do for the server; it checks none.
    private const string AnyKey = "a2V5";

    private readonly string database = string.Create(CultureInfo.InvariantCulture, $"agentscaler-tests-{Environment.ProcessId}");
    private NodeServer? server;
    private string? missing;
    private string? endpoint;
    private string? key;

    /// <summary>Why tests that need transactional batches are skipped; null if they are not.</summary>
    public string? NoBatches { get; private set; }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        endpoint = Environment.GetEnvironmentVariable("COSMOS_ENDPOINT");
        if (endpoint is { Length: > 0 })
        {
            key = Environment.GetEnvironmentVariable("COSMOS_KEY");
            return;
        }

        NoBatches = "@vercel/cosmosdb-server has no transactional batches; set COSMOS_ENDPOINT to run this against Azure Cosmos DB";
        key = AnyKey;
        var (script, reason) = await EmulatorPackages.FindAsync("@vercel/cosmosdb-server/lib/cli.js");
        missing = reason;
        if (script is not null)
        {
            server = await NodeServer.StartAsync(script, ["--no-ssl", "--host", "127.0.0.1", "--port", "0"], Hear);
        }
    }

    /// <summary>Opens rows in a container of their own.</summary>
    /// <exception cref="SkipException">There is no server on this machine.</exception>
    internal Task<CosmosRowService> OpenAsync(string container, params DelegatingHandler[] handlers)
    {
        Skip.If(missing is not null, $"needs a Cosmos server: {missing}");
        var settings = new StoreSettings { CosmosEndpoint = new Uri(endpoint!), CosmosKey = key, CosmosDatabase = database, CosmosContainer = container };
        var credential = new Lazy<TokenCredential>(() => new DefaultAzureCredential());
        return CosmosRowService.OpenAsync(settings, credential, options => Configure(options, handlers), default);
    }

    /// <summary>Opens a state store in a container of its own, its large values in a blob container of that name; the rows are the caller's to close.</summary>
    /// <exception cref="SkipException">There is no server on this machine.</exception>
    internal async Task<(CosmosRowService Rows, IStateStore Store)> OpenStoreAsync(Azurite azurite)
    {
        var name = Azurite.NewName();
        var rows = await OpenAsync(name);
        return (rows, new RowStateStore(rows, await SpilledValues.OpenAsync(azurite.Connect(), name, default)));
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            server.Dispose();
        }
        else if (missing is null)
        {
            using var client = key is null ? new CosmosClient(endpoint, new DefaultAzureCredential()) : new CosmosClient(endpoint, key);
            using var deleted = await client.GetDatabase(database).DeleteStreamAsync();
        }
    }

    private void Configure(CosmosClientOptions options, DelegatingHandler[] handlers)
    {
        options.ConnectionMode = ConnectionMode.Gateway;
        options.LimitToEndpoint = server is not null;
        HttpMessageHandler next = new SocketsHttpHandler();
        if (server is not null)
        {
            next = new MissingItemHandler { InnerHandler = next };
        }

        foreach (var handler in handlers)
        {
            handler.InnerHandler = next;
            next = handler;
        }

        options.HttpClientFactory = () => new HttpClient(next, disposeHandler: false);
    }

    private bool Hear(string line)
    {
        var heard = Ready().Match(line);
        endpoint = heard.Success ? $"http://127.0.0.1:{heard.Groups["port"].Value}/" : null;
        return heard.Success;
    }

    [GeneratedRegex(@"Ready to accept HTTP connections at 127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex Ready();

    /// <summary>The server answers the read of a missing item with 500; the service says 404.</summary>
    private sealed class MissingItemHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.InternalServerError && request.Method == HttpMethod.Get
                && (await answer.Content.ReadAsStringAsync(cancellationToken)).Contains("Cannot read properties of undefined", StringComparison.Ordinal))
            {
                answer.StatusCode = HttpStatusCode.NotFound;
            }

            return answer;
        }
    }
}
