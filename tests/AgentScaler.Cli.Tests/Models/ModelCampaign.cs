using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.ModelServers;

namespace AgentScaler.Cli.Tests.Models;

/// <summary>A small campaign whose parties are models on a server of this machine, run by the real program.</summary>
internal sealed class ModelCampaign : IDisposable
{
    public const long Seed = 5;
    public const int Trials = 2;

    private readonly TemporaryFolder folder = new();

    /// <summary>The campaign's folder.</summary>
    public string Folder => folder["campaign"];

    /// <summary>A folder beside it.</summary>
    public string this[string name] => folder[name];

    /// <summary>Runs the campaign, or what is left of it.</summary>
    /// <param name="server">Where the models are; null for scripted parties.</param>
    /// <param name="change">Changes the document.</param>
    /// <param name="into">The folder; null for <see cref="Folder"/>.</param>
    /// <param name="more">Further arguments.</param>
    public Task<ProcessOutcome> RunAsync(ChatServer? server, Action<JsonObject>? change = null, string? into = null, params string[] more)
    {
        var document = JsonNode.Parse("""
            {
              "identity": { "seed": 5, "tasks": { "perEnvironment": 6 }, "episodes": { "trials": 2, "faultShare": 0 }, "environment": { "mutantsPerTool": 0 } },
              "operations": { "sources": [] }
            }
            """)!.AsObject();
        document["operations"]!["sources"]!.AsArray().Add(Path.Combine(AppContext.BaseDirectory, "Samples", "library-lending.json"));
        if (server is not null)
        {
            document["identity"]!["models"] = JsonNode.Parse("""{ "user": { "model": "user-model" }, "agent": { "model": "agent-model" }, "judge": { "model": "judge-model" } }""");
            document["operations"]!["models"] = new JsonObject
            {
                ["endpoints"] = new JsonObject { ["default"] = Endpoint(server) },
            };
        }

        change?.Invoke(document);
        var file = folder.Write("campaign.json", document.ToJsonString());
        return AgentscalerProcess.RunAsync(["run", file, "--out", into ?? Folder, "--json", .. more]);
    }

    /// <summary>The lines of the dataset, or of the rejected, without what names the parties.</summary>
    public static IReadOnlyList<string> Lines(string folder, string file) =>
        [.. File.ReadLines(Path.Combine(folder, file)).Select(line =>
        {
            var row = JsonNode.Parse(line)!.AsObject();
            var metadata = row["metadata"]!.AsObject();
            foreach (var name in new[] { "generator", "models", "prompts", "usage" })
            {
                Assert.True(metadata.Remove(name));
            }

            return row.ToJsonString();
        })];

    /// <summary>What <c>run.json</c> says was spent in all.</summary>
    public static JsonElement Spent(string folder) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "run.json"))).RootElement.GetProperty("models").GetProperty("total").Clone();

    public void Dispose() => folder.Dispose();

    private static JsonObject Endpoint(ChatServer server) => new()
    {
        ["address"] = server.Endpoint.AbsoluteUri,
        ["keyVariable"] = "AGENTSCALER_TEST_KEY",
        ["timeoutSeconds"] = 120,
        ["inputPrice"] = 1.0,
        ["outputPrice"] = 4.0,
    };
}
