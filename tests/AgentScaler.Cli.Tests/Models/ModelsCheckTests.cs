using System.Text.Json;
using AgentScaler.Campaigns;
using AgentScaler.ModelServers;
using AgentScaler.ModelServers.Chat;

namespace AgentScaler.Cli.Tests.Models;

public sealed class ModelsCheckTests
{
    private static readonly string[] Examples = ["ollama", "vllm", "azure-openai"];

    [Fact]
    public async Task Check_ModelsThatCanPlayTheirRoles_SaysSoRoleByRole()
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Brain = Clever, ContextLength = 32_000, Models = ["b", "u", "a", "j", "e"] });

        var (code, checks) = await CheckAsync(server.Endpoint);

        Assert.Equal(0, code);
        Assert.Equal(
            ["builder gives structured output (1 request)", "user answers", "agent calls tools", "judge gives structured output (1 request)", "embedding embeds in 64 dimensions"],
            checks.Select(check => $"{check.GetProperty("role")} {check.GetProperty("found")}"));
        Assert.All(checks, check => Assert.True(check.GetProperty("works").GetBoolean()));
        Assert.Equal(32_000, checks[1].GetProperty("contextTokens").GetInt64());
        Assert.True(checks[1].GetProperty("usd").GetDecimal() > 0);
    }

    [Fact]
    public async Task Check_ModelsThatCannot_FailsWithAdvice()
    {
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Brain = (_, _) => ValueTask.FromResult(ChatAnswer.Text("It is sunny.")) });
        await using var locked = await ChatServer.StartAsync(new ChatServerOptions { RequiredKey = "k" });

        var (code, checks) = await CheckAsync(server.Endpoint);
        var (locks, refused) = await CheckAsync(locked.Endpoint);
        var (gone, unreached) = await CheckAsync(new Uri("http://127.0.0.1:9/v1"));

        Assert.Equal((1, 1, 1), (code, locks, gone));
        Assert.Equal([false, true, false, false, true], checks.Select(check => check.GetProperty("works").GetBoolean()));
        Assert.Contains("answers without calling a tool: It is sunny.", checks[2].GetProperty("found").GetString(), StringComparison.Ordinal);
        Assert.Contains("hermes", checks[2].GetProperty("advice").GetString(), StringComparison.Ordinal);
        Assert.All(refused, check => Assert.Contains("AGENTSCALER_TEST_KEY", check.GetProperty("advice").GetString(), StringComparison.Ordinal));
        Assert.All(unreached, check => Assert.Contains("see that the endpoint runs", check.GetProperty("advice").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_CampaignWithoutModels_IsWrongUsage()
    {
        using var folder = new TemporaryFolder();
        var outcome = await AgentscalerProcess.RunAsync("models", "check", folder.Write("c.json", "{}"));

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("names no models", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_OfCampaignsWithModels_CanBeRead()
    {
        foreach (var name in Examples)
        {
            var file = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "src", "AgentScaler.Cli", "Examples", name + ".campaign.json");
            Assert.NotNull(CampaignReader.Read(File.ReadAllText(file), name).Identity.Models.Agent);
        }
    }

    private static ValueTask<ChatAnswer> Clever(ChatRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(
        request.Tools.Count > 0 ? ChatAnswer.Call(new ChatCall("1", request.Tools[0].Name, """{"city":"Oslo"}"""))
        : request.ResponseFormat == "json_schema" ? ChatAnswer.Text("""{"city":"Oslo"}""")
        : ChatAnswer.Text("ready"));

    private static async Task<(int Code, IReadOnlyList<JsonElement> Checks)> CheckAsync(Uri endpoint)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("c.json", $$$"""
            {
              "identity": { "models": { "builder": { "model": "b", "semanticRetries": 0 }, "user": { "model": "u" }, "agent": { "model": "a" }, "judge": { "model": "j", "semanticRetries": 0 }, "embedding": { "model": "e" } } },
              "operations": { "models": { "endpoints": { "default": { "address": "{{{endpoint}}}", "keyVariable": "AGENTSCALER_TEST_KEY", "inputPrice": 1, "outputPrice": 2 } } } }
            }
            """);
        var outcome = await AgentscalerProcess.RunAsync("models", "check", file, "--json");
        using var document = JsonDocument.Parse(outcome.Output);
        return (outcome.ExitCode, [.. document.RootElement.EnumerateArray().Select(check => check.Clone())]);
    }
}
