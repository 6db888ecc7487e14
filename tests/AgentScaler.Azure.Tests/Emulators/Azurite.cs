using System.Globalization;
using System.Text.RegularExpressions;
using AgentScaler.Azure.Rows;
using AgentScaler.ModelServers.Node;
using AgentScaler.Storage;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AgentScaler.Azure.Tests.Emulators;

/// <summary>Azurite in memory on free ports of this machine, for all tests of the collection; every test takes containers and tables of its own.</summary>
public sealed partial class Azurite : IAsyncLifetime
{
    /// <summary>The collection of the tests that share one Azurite.</summary>
    public const string Collection = "Azurite";

    // Microsoft's published account of the emulator; no secret.
    private const string Account = "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static int last;

    private readonly Dictionary<string, string> ports = new(StringComparer.Ordinal);
    private NodeServer? server;
    private string? missing;

    /// <summary>The connection string.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;{Account};BlobEndpoint=http://127.0.0.1:{ports["Blob"]}/devstoreaccount1;TableEndpoint=http://127.0.0.1:{ports["Table"]}/devstoreaccount1";

    /// <summary>A name that no other test takes, for a container or a table.</summary>
    public static string NewName() => string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref last)}");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var (script, reason) = await EmulatorPackages.FindAsync("azurite/dist/src/azurite.js");
        missing = reason;
        if (script is not null)
        {
            string[] arguments = ["--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"];
            server = await NodeServer.StartAsync(script, arguments, Hear);
        }
    }

    /// <summary>The account, its requests passing through the given policies each time they are sent.</summary>
    /// <exception cref="SkipException">Azurite is not to be had on this machine.</exception>
    public StorageAccount Connect(params HttpPipelinePolicy[] policies)
    {
        Skip.If(missing is not null, $"needs Azurite: {missing}");
        return StorageAccount.Connect(ConnectionString, Configure(policies));
    }

    /// <summary>Options of tests: short pauses, and policies inside the retries, where a network would fail.</summary>
    public static Action<ClientOptions> Configure(params HttpPipelinePolicy[] policies) => options =>
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(5);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(40);
        foreach (var policy in policies)
        {
            options.AddPolicy(policy, HttpPipelinePosition.BeforeTransport);
        }
    };

    /// <summary>State rows in a table of this name, their large values in a container of the same.</summary>
    internal async Task<IStateStore> OpenTableAsync(string name, params HttpPipelinePolicy[] policies)
    {
        var account = Connect(policies);
        return new RowStateStore(await TableRowService.OpenAsync(account, name, default), await SpilledValues.OpenAsync(account, name, default));
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        server?.Dispose();
        return Task.CompletedTask;
    }

    private bool Hear(string line)
    {
        if (Listening().Match(line) is { Success: true } heard)
        {
            ports[heard.Groups["service"].Value] = heard.Groups["port"].Value;
        }

        return ports.Count == 3;
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at http://127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex Listening();
}
