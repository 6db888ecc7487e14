using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Rescoring;
using AgentScaler.Cli.Output;
using AgentScaler.Environments.Engine;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Review;
using AgentScaler.Json;

namespace AgentScaler.Cli.Commands;

/// <summary><c>funnel</c>: what the funnel did, and what it would do with other settings.</summary>
internal static class FunnelCommand
{
    public static Command Create(Shell shell)
    {
        var folder = new Argument<string>("folder") { Description = "A campaign's folder" };
        var rescore = new Option<bool>("--rescore") { Description = "Judge the stored episodes again, without a rollout or a model, and show what changes" };
        var match = new Option<string?>("--match") { Description = "With --rescore: strict, unordered-reads or superset-reads" };
        var set = new Option<string[]>("--set")
        {
            Description = "With --rescore: settings of identity.funnel as NAME=VALUE, e.g. errorQuota=0.1 or difficulty.easyFrom=0.9",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var reviewed = new Option<bool>("--reviewed") { Description = "With --rescore: apply what people decided (reviews.jsonl)" };
        var output = new Option<string?>("--out") { Description = "With --rescore: a new folder for the dataset that comes of it" };
        var every = new Option<bool>("--all") { Description = "Show every domain and every changed episode" };
        var command = new Command(
            "funnel",
            """
            What the funnel let through and why not the rest, per domain; or the stored episodes judged again with other settings

            Examples:
              agentscaler funnel ./campaign
              agentscaler funnel ./campaign --rescore --match superset-reads
              agentscaler funnel ./campaign --rescore --set errorQuota=0.1 requireConfirmation=false --out ./stricter
            """)
        {
            folder, rescore, match, set, reviewed, output, every,
        };
        command.SetAction((parse, token) =>
        {
            var settings = parse.GetValue(set)!.Concat(parse.GetValue(match) is { } mode ? [$"match={mode}"] : []).ToList();
            var isRescore = parse.GetValue(rescore);
            if (!isRescore && (settings.Count > 0 || parse.GetValue(reviewed) || parse.GetValue(output) is not null))
            {
                throw new UsageException("--match, --set, --reviewed and --out go with --rescore");
            }

            if (parse.GetValue(match) is not null && parse.GetValue(set)!.Any(change => change.StartsWith("match=", StringComparison.Ordinal)))
            {
                throw new UsageException("--match and --set match=... say the same: give one of them");
            }

            return isRescore
                ? RescoreAsync(shell, parse.GetValue(folder)!, settings, parse.GetValue(reviewed), parse.GetValue(output), parse.GetValue(every), shell.WantsJson(parse), token)
                : ShowAsync(shell, parse.GetValue(folder)!, parse.GetValue(every), shell.WantsJson(parse), token);
        });
        return command;
    }

    private static async Task<int> ShowAsync(Shell shell, string folder, bool every, bool json, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "dataset", "funnel.json");
        if (!File.Exists(file))
        {
            throw new UsageException($"'{folder}' holds no dataset: there is no dataset/funnel.json in it");
        }

        FunnelReport report;
        try
        {
            await using var stream = File.OpenRead(file);
            report = await JsonSerializer.DeserializeAsync<FunnelReport>(stream, ArtifactJson.Options, cancellationToken) ?? throw new JsonException("found null");
        }
        catch (JsonException e)
        {
            throw new UsageException($"'{file}', {e.Path ?? "$"}: expected the account of a funnel of this version: {e.Message}");
        }

        if (json)
        {
            shell.WriteJson(report);
        }
        else
        {
            FunnelTables.Write(shell, report, every);
        }

        return CommandLine.Success;
    }

    internal static async Task<int> RescoreAsync(
        Shell shell, string path, IReadOnlyList<string> settings, bool reviewed, string? output, bool every, bool json, CancellationToken cancellationToken)
    {
        using var folder = CampaignFolder.OpenExisting(path);
        using var engine = new EnvironmentEngine(new EngineOptions(), shell.Clock);
        var review = reviewed ? new ReviewDecisions(await new ReviewLog(folder.Path).ReadAsync(cancellationToken)) : null;
        RescoreReport report;
        using (var progress = new CountLine(shell, "environments judged"))
        {
            report = await new Rescorer(folder, engine, Settings(folder.Document.Identity.Funnel, settings), review).RunAsync(output, progress, cancellationToken);
        }

        if (json)
        {
            shell.WriteJson(report);
        }
        else
        {
            RescoreTables.Write(shell, report, output, every);
        }

        return report.Skipped.Count == 0 ? CommandLine.Success : CommandLine.Failure;
    }

    /// <summary>The settings with some of them set anew, checked as those of a campaign document are.</summary>
    private static FunnelSettings Settings(FunnelSettings own, IReadOnlyList<string> changes)
    {
        var document = JsonSerializer.SerializeToNode(own, ArtifactJson.Options)!.AsObject();
        foreach (var change in changes)
        {
            var parts = change.Split('=', 2);
            if (parts.Length != 2 || parts[0].Length == 0)
            {
                throw new UsageException($"--set: expected NAME=VALUE, found '{change}'");
            }

            var names = parts[0].Split('.');
            var place = document;
            foreach (var name in names.SkipLast(1))
            {
                place = place[name] as JsonObject ?? throw new UsageException($"--set: there is no group of settings '{name}' in identity.funnel");
            }

            place[names[^1]] = Value(parts[1]);
        }

        return CampaignReader.ReadMember(document.ToJsonString(), "--set", "identity", "funnel").Identity.Funnel;
    }

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
