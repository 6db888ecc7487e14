using System.Text.Json;

namespace AgentScaler.Cli.Tests;

/// <summary>The commands of the README's section on a package of one's own, as they stand there.</summary>
public sealed class OwnPackageTests
{
    [Fact]
    public async Task EnvBuild_ExampleOfTheReadme_KeepsWhatIsGivenAndPassesItsAudit()
    {
        using var folder = new TemporaryFolder();
        var build = await AgentscalerProcess.RunAsync("env", "build", "--package", Example("bike-rental"), "--out", folder["environments"], "--json");
        Assert.True(build.ExitCode == 0, build.Error);
        var answer = JsonDocument.Parse(build.Output).RootElement[0];
        Assert.Equal(10, answer.GetProperty("outcome").GetProperty("toolsKept").GetArrayLength());
        var made = answer.GetProperty("folder").GetString()!;

        foreach (var name in new[] { "programs/rent_bike.js", "programs/return_bike.js", "policy.md" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(Example("bike-rental"), name)), File.ReadAllBytes(Path.Combine(made, name)));
        }

        Assert.Contains("st-harbour", File.ReadAllText(Path.Combine(made, "state.json")), StringComparison.Ordinal);
        var audit = await AgentscalerProcess.RunAsync("env", "audit", made, "--mutants", "--json");
        Assert.True(audit.ExitCode == 0, audit.Output + audit.Error);
        Assert.True(JsonDocument.Parse(audit.Output).RootElement.GetProperty("mutation").GetProperty("score").GetDouble() >= 0.8);
        var rules = JsonDocument.Parse(audit.Output).RootElement.GetProperty("environments")[0].GetProperty("audit").GetProperty("tools").EnumerateArray().SelectMany(tool => tool.GetProperty("rules").EnumerateArray())
            .Select(rule => (rule.GetProperty("kind").GetString(), rule.GetProperty("verdict").GetString(), rule.GetProperty("note").GetString()));
        Assert.Equal([("status", "enforced", "refused: not_free"), ("status", "enforced", "refused: not_rented")], rules.Order());
        File.WriteAllText(Path.Combine(made, "programs", "get_bike.js"), "function get_bike(db, args, env) { return {}; }");
        var changed = await AgentscalerProcess.RunAsync("env", "audit", made);
        Assert.Equal(CommandLine.Failure, changed.ExitCode);
        Assert.Contains("programs/get_bike.js", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ExampleCampaign_KeepsTrajectoriesOfTheGivenPackage()
    {
        using var folder = new TemporaryFolder();
        var run = await AgentscalerProcess.RunAsync("run", Example("bike-rental.campaign.json"), "--out", folder["campaign"], "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        var summary = JsonDocument.Parse(run.Output).RootElement.GetProperty("summary");
        Assert.True(summary.GetProperty("kept").GetInt64() > 0);
        Assert.Equal(0, summary.GetProperty("intentsLeftOut").GetArrayLength());
        Assert.Contains("is there a free electric bike at the Harbour station?", File.ReadAllText(folder["campaign/dataset/canonical.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BrokenIntent_IsListedWithItsPlaceAndTheRestGoesOn()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["mine"]);
        foreach (var name in new[] { "tools.json", "schema.json", "state.json" })
        {
            folder.Write("mine/" + name, File.ReadAllText(Path.Combine(Example("bike-rental"), name)));
        }

        folder.Write("mine/intents.json", """[{"requests":[{"text":"Sell me bk-101.","calls":[{"tool":"sell_bike","arguments":{"bike_id":"bk-101"}}]}]}]""");
        folder.Write("campaign.json", """{"identity":{"tasks":{"perEnvironment":4},"episodes":{"trials":1}},"operations":{"packages":["mine"]}}""");
        var run = await AgentscalerProcess.RunAsync("run", folder["campaign.json"], "--out", folder["campaign"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("intent left out: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("intents.json, $[0].requests[0].calls[0]: intent.unknown-tool", run.Output.ReplaceLineEndings(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnvBuild_BrokenPart_NamesFileAndPlace()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["mine/programs"]);
        folder.Write("mine/tools.json", File.ReadAllText(Path.Combine(Example("bike-rental"), "tools.json")));
        folder.Write("mine/programs/get_bike.js", "function get_bike(db, args, env) { return now; }");
        var outcome = await AgentscalerProcess.RunAsync("env", "build", "--package", folder["mine"], "--out", folder["out"]);
        Assert.Equal(CommandLine.Failure, outcome.ExitCode);
        Assert.Contains("programs/get_bike.js, line 1, column", outcome.Error, StringComparison.Ordinal);
    }

    private static string Example(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentScaler.sln")))
            {
                return Path.Combine(folder.FullName, "src", "AgentScaler.Cli", "Examples", name);
            }
        }

        throw new InvalidOperationException("the tests do not run within the checkout");
    }
}
