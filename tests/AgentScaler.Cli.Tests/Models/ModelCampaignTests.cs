using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Campaigns;
using AgentScaler.Environments;
using AgentScaler.Environments.Packages;
using AgentScaler.ModelServers;
using AgentScaler.ModelServers.Faults;
using AgentScaler.Storage;

namespace AgentScaler.Cli.Tests.Models;

/// <summary>Whole campaigns whose parties are models, over HTTP, by the real program.</summary>
public sealed class ModelCampaignTests
{
    private const string Kept = "dataset/canonical.jsonl";
    private const string Rejected = "rejected.jsonl";

    [Fact]
    public async Task Run_BrainThatAnswersAsTheScripts_GivesWhatTheScriptsGive()
    {
        using var campaign = new ModelCampaign();
        using var brain = new ScriptedBrain(campaign.Folder, ModelCampaign.Seed, ModelCampaign.Trials);
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Brain = brain.AnswerAsync });
        Succeeded(await campaign.RunAsync(server));
        Succeeded(await campaign.RunAsync(null, into: campaign["scripted"]));

        Assert.NotEmpty(ModelCampaign.Lines(campaign.Folder, Kept));
        Assert.Equal(ModelCampaign.Lines(campaign["scripted"], Kept), ModelCampaign.Lines(campaign.Folder, Kept));
        Assert.Equal(ModelCampaign.Lines(campaign["scripted"], Rejected), ModelCampaign.Lines(campaign.Folder, Rejected));
        var metadata = JsonNode.Parse(File.ReadLines(Path.Combine(campaign.Folder, Kept)).First())!["metadata"]!;
        Assert.Equal("models", (string?)metadata["generator"]);
        Assert.Equal("agent-model", (string?)metadata["models"]!["agent"]);
        Assert.Contains("agent@1", metadata["prompts"]!.AsArray().Select(prompt => (string?)prompt));
        Assert.True((long)metadata["usage"]!["agent_input"]! > 0);
    }

    [Fact]
    public async Task Run_EveryRoleAModel_CompletesAndAgainFromKeptRepliesAsksNothing()
    {
        using var campaign = new ModelCampaign();
        using var brain = new ScriptedBrain(campaign.Folder, ModelCampaign.Seed, ModelCampaign.Trials);
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Brain = brain.AnswerAsync });
        Succeeded(await campaign.RunAsync(server, document => Roles(document, "embedding"), into: campaign["embedded"]));
        brain.Built = await PackagesAsync(campaign["embedded"]);

        Succeeded(await campaign.RunAsync(server, AllRoles));
        var asked = server.Tally.Requests;
        Succeeded(await campaign.RunAsync(server, AllRoles, into: campaign["second"]));

        Assert.Equal(asked, server.Tally.Requests);
        Assert.Equal(DatasetFiles.Hash(campaign.Folder), DatasetFiles.Hash(campaign["second"]));
        Assert.NotEmpty(ModelCampaign.Lines(campaign.Folder, Kept));
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(campaign.Folder, "dataset", "manifest.json")));
        Assert.Equal(["agent", "builder", "embedding", "judge", "user"], manifest.RootElement.GetProperty("models").EnumerateObject().Select(model => model.Name));
        using var artifacts = new FolderArtifactStore(Path.Combine(campaign.Folder, "artifacts"));
        var origins = (await CampaignEnvironment.ListAsync(artifacts, default)).SelectMany(built => built.Outcome.Origins ?? []).ToList();
        Assert.Contains(origins, origin => origin.Maker == PartMaker.Model);

        void AllRoles(JsonObject document)
        {
            Roles(document, "builder", "user", "agent", "judge", "embedding");
            document["operations"]!["models"]!["repliesFolder"] = campaign["replies"];
        }

        static void Roles(JsonObject document, params string[] roles) => document["identity"]!["models"] =
            new JsonObject(roles.Select(role => KeyValuePair.Create<string, JsonNode?>(role, new JsonObject { ["model"] = role + "-model" })));

        static async Task<IReadOnlyList<EnvironmentPackage>> PackagesAsync(string folder)
        {
            using var artifacts = new FolderArtifactStore(Path.Combine(folder, "artifacts"));
            var packages = new List<EnvironmentPackage>();
            foreach (var built in (await CampaignEnvironment.ListAsync(artifacts, default)).Where(built => built.Outcome.Kept))
            {
                packages.Add(await built.ReadPackageAsync(artifacts, default));
            }

            return packages;
        }
    }

    [Fact]
    public async Task Run_AgainFromKeptReplies_AsksNothingAndGivesTheSameBytes()
    {
        using var campaign = new ModelCampaign();
        using var brain = new ScriptedBrain(campaign.Folder, ModelCampaign.Seed, ModelCampaign.Trials);
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Brain = brain.AnswerAsync });
        Succeeded(await campaign.RunAsync(server, KeepReplies));
        var asked = server.Tally.Requests;

        Succeeded(await campaign.RunAsync(server, KeepReplies, into: campaign["second"]));
        Succeeded(await campaign.RunAsync(server, document => Replies(document, "replay"), into: campaign["third"]));

        Assert.True(asked > 0);
        Assert.Equal(asked, server.Tally.Requests);
        Assert.Equal(DatasetFiles.Hash(campaign.Folder), DatasetFiles.Hash(campaign["second"]));
        Assert.Equal(DatasetFiles.Hash(campaign.Folder), DatasetFiles.Hash(campaign["third"]));

        void KeepReplies(JsonObject document) => Replies(document, "cache");

        void Replies(JsonObject document, string mode)
        {
            document["operations"]!["models"]!["repliesFolder"] = campaign["replies"];
            document["operations"]!["models"]!["replies"] = mode;
        }
    }

    [Fact]
    public async Task Run_BudgetOfHalfTheCost_PausesAndGoesOnToTheSameDataset()
    {
        using var campaign = new ModelCampaign();
        using var brain = new ScriptedBrain(campaign.Folder, ModelCampaign.Seed, ModelCampaign.Trials);
        using var capped = new ScriptedBrain(campaign["capped"], ModelCampaign.Seed, ModelCampaign.Trials);
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Brain = brain.AnswerAsync });
        await using var metered = await ChatServer.StartAsync(new ChatServerOptions { Brain = capped.AnswerAsync });
        Succeeded(await campaign.RunAsync(server));
        var whole = ModelCampaign.Spent(campaign.Folder).GetProperty("usd").GetDecimal();

        var stopped = await campaign.RunAsync(metered, document => Cap(document, whole / 2), into: campaign["capped"]);

        Assert.Equal(1, stopped.ExitCode);
        Assert.Contains("paused: the budget of", stopped.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(campaign["capped"], Kept)));
        var half = ModelCampaign.Spent(campaign["capped"]);
        Assert.InRange(half.GetProperty("usd").GetDecimal(), whole / 2, whole * 0.8m);
        SameTokens(metered, half);

        Succeeded(await campaign.RunAsync(metered, document => Cap(document, whole * 2), into: campaign["capped"]));
        Assert.Equal(DatasetFiles.Hash(campaign.Folder), DatasetFiles.Hash(campaign["capped"]));
        Assert.Equal(whole, ModelCampaign.Spent(campaign["capped"]).GetProperty("usd").GetDecimal());
        SameTokens(metered, ModelCampaign.Spent(campaign["capped"]));

        static void Cap(JsonObject document, decimal usd) => document["operations"]!["models"]!["budget"] = new JsonObject { ["usd"] = (double)usd };

        static void SameTokens(ChatServer server, JsonElement spent)
        {
            Assert.Equal(server.Tally.PromptTokens, spent.GetProperty("inputTokens").GetInt64());
            Assert.Equal(server.Tally.CompletionTokens, spent.GetProperty("outputTokens").GetInt64());
        }
    }

    [Fact]
    public async Task Preview_OfAFewTasks_ProjectsTheCampaignAndIsNotPaidAgain()
    {
        using var campaign = new ModelCampaign();
        using var brain = new ScriptedBrain(campaign.Folder, ModelCampaign.Seed, ModelCampaign.Trials);
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Brain = brain.AnswerAsync });
        var preview = await campaign.RunAsync(server, more: ["--preview", "3"]);
        Succeeded(preview);
        var previewed = server.Tally.Requests;
        Succeeded(await campaign.RunAsync(server));

        var report = JsonNode.Parse(preview.Output)!;
        var spent = ModelCampaign.Spent(campaign.Folder);
        var episodes = ModelCampaign.Lines(campaign.Folder, Kept).Count + ModelCampaign.Lines(campaign.Folder, Rejected).Count;
        Assert.Equal(3, (int)report["tried"]!["tasks"]!);
        Assert.Equal(6, (int)report["tried"]!["episodes"]!);
        Assert.InRange((int)report["projected"]!["episodes"]!, episodes / 2, episodes * 2);
        Assert.InRange((decimal)report["projectedUsd"]!, spent.GetProperty("usd").GetDecimal() / 3, spent.GetProperty("usd").GetDecimal() * 3);
        Assert.Equal(server.Tally.Requests, spent.GetProperty("requests").GetInt64());
        Assert.True(spent.GetProperty("fromKept").GetInt64() >= previewed, "what the preview asked was asked again");
    }

    [Fact]
    public async Task Run_TransportFaultsOnThirtyPercent_CompletesAllEpisodesWithFewCallsMore()
    {
        using var campaign = new ModelCampaign();
        using var brain = new ScriptedBrain(campaign.Folder, ModelCampaign.Seed, ModelCampaign.Trials);
        var faults = FaultPlan.Spread(
            3,
            0.3,
            TransportFault.TooManyRequestsMilliseconds,
            TransportFault.InternalError,
            TransportFault.BadGateway,
            TransportFault.DisconnectBeforeHeaders,
            TransportFault.DisconnectInBody,
            TransportFault.NotJson,
            TransportFault.TruncatedJson,
            TransportFault.Html,
            TransportFault.EmptyBody) with { RetryAfter = TimeSpan.FromMilliseconds(20) };
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Brain = brain.AnswerAsync, Faults = faults });
        Succeeded(await campaign.RunAsync(server));
        Succeeded(await campaign.RunAsync(null, into: campaign["scripted"]));

        Assert.Equal(ModelCampaign.Lines(campaign["scripted"], Kept), ModelCampaign.Lines(campaign.Folder, Kept));
        Assert.InRange((double)server.Tally.Requests / server.Tally.Completed, 1.2, 1.6);
    }

    [Fact]
    public async Task Run_SemanticFaultsOnTenPercent_RecordsEveryOutcome()
    {
        using var campaign = new ModelCampaign();
        using var brain = new ScriptedBrain(campaign.Folder, ModelCampaign.Seed, ModelCampaign.Trials);
        var faults = FaultPlan.Spread(
            4,
            0.1,
            SemanticFault.MalformedArguments,
            SemanticFault.WrongArgumentTypes,
            SemanticFault.UnknownTool,
            SemanticFault.TextForCall,
            SemanticFault.EmptyContent,
            SemanticFault.SeveralCalls,
            SemanticFault.Refusal,
            SemanticFault.ContentFilter,
            SemanticFault.Length,
            SemanticFault.HugeReply,
            SemanticFault.StrangeCharacters);
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Brain = brain.AnswerAsync, Faults = faults });
        Succeeded(await campaign.RunAsync(server));
        Succeeded(await campaign.RunAsync(null, into: campaign["scripted"]));

        Assert.Equal(
            ModelCampaign.Lines(campaign["scripted"], Kept).Count + ModelCampaign.Lines(campaign["scripted"], Rejected).Count,
            ModelCampaign.Lines(campaign.Folder, Kept).Count + ModelCampaign.Lines(campaign.Folder, Rejected).Count);
        Assert.NotEmpty(ModelCampaign.Lines(campaign.Folder, Kept));
        Assert.Equal(0, (await AgentscalerProcess.RunAsync("dataset", "validate", campaign.Folder)).ExitCode);
        Assert.Equal(0, (await AgentscalerProcess.RunAsync("episodes", "replay", campaign.Folder)).ExitCode);
    }

    [Fact]
    public async Task Run_KeyThatTheServerQuotes_IsNowhereToBeSeen()
    {
        const string Key = "sk-planted-0123456789abcdef";
        using var campaign = new ModelCampaign();
        using var brain = new ScriptedBrain(campaign.Folder, ModelCampaign.Seed, ModelCampaign.Trials);
        var faults = FaultPlan.Spread(5, 0.1, TransportFault.InternalError, TransportFault.BadGateway);
        await using var server = await ChatServer.StartAsync(new ChatServerOptions { Brain = brain.AnswerAsync, RequiredKey = Key, QuotesKey = true, Faults = faults });
        Environment.SetEnvironmentVariable("AGENTSCALER_PLANTED_KEY", Key);
        Environment.SetEnvironmentVariable("AGENTSCALER_WRONG_KEY", Key + "-wrong");
        var good = await campaign.RunAsync(server, document => UseKey(document, "AGENTSCALER_PLANTED_KEY"));
        var bad = await campaign.RunAsync(server, document => UseKey(document, "AGENTSCALER_WRONG_KEY"), into: campaign["bad"]);

        Succeeded(good);
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("HTTP 401", bad.Error, StringComparison.Ordinal);
        Assert.Contains("***", bad.Error, StringComparison.Ordinal);
        foreach (var text in new[] { good.Output, good.Error, bad.Output, bad.Error }.Concat(Directory.EnumerateFiles(Path.GetDirectoryName(campaign.Folder)!, "*", SearchOption.AllDirectories).Select(File.ReadAllText)))
        {
            Assert.DoesNotContain("planted-0123", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Key))[..20], text, StringComparison.Ordinal);
        }

        static void UseKey(JsonObject document, string variable) => document["operations"]!["models"]!["endpoints"]!["default"]!["keyVariable"] = variable;
    }

    private static void Succeeded(ProcessOutcome outcome) => Assert.True(outcome.ExitCode == 0, outcome.Error);
}
