using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Episodes.Scripted;

/// <summary>Turns a task into the script of a faultless episode, with seeded variety in how it is gone about.</summary>
internal static class ScriptWriter
{
    /// <summary>Agent steps kept free for questions, thanks and mistakes; a task that needs nearly all steps gets none of the extras.</summary>
    private const int SpareSteps = 8;

    /// <summary>Share of episodes in which the user asks something beside the matter first.</summary>
    private const double DetourShare = 0.06;

    /// <summary>Writes a script.</summary>
    /// <param name="parallelShare">Share of reads that share a message with the read before, where they need nothing of it, 0-1.</param>
    public static EpisodeScript Write(TaskSpec task, EnvironmentPackage package, int maximumSteps, SeededRandom random, double parallelShare = 0.3)
    {
        var roomy = maximumSteps - task.Gold.Count - task.Requests.Count >= SpareSteps;
        var writers = package.Tools.Where(tool => tool.Writes).Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        var confirmed = PolicyConduct.ConfirmedTools(package);
        var requests = task.Requests.Select(request =>
        {
            var calls = new List<ScriptedCall>();
            for (var i = request.FirstCall; i < request.FirstCall + request.Calls; i++)
            {
                var gold = task.Gold[i];
                var writes = writers.Contains(gold.Tool);
                calls.Add(new ScriptedCall(i, i, gold.Tool, Arguments(gold))
                {
                    WithPrevious = random.Chance(parallelShare) && !writes && calls.Count > 0 && !writers.Contains(calls[^1].Tool),
                    AskFirst = confirmed.Contains(gold.Tool),
                });
            }

            return new ScriptedRequest(request.Text, calls, [.. request.RequiredOutputs.Select(output => new FactSource(output.Call, output.Path))]) { Abstention = request.Abstention };
        }).ToList();
        var script = new EpisodeScript(requests) { Thanks = random.Chance(0.4) && roomy, Manner = task.Manner };
        for (var i = requests.Count - 2; i >= 0; i--)
        {
            script = random.Chance(0.2) && script.CanJoin(i) ? Together(script, i, writers, parallelShare, random) : script;
        }

        if (script.Requests[^1] is { Abstention.Kind: AbstentionKind.NoTool } last && random.Chance(0.5))
        {
            script = script.Replace(script.Requests.Count - 1, last with { HandsOver = true });
        }

        return random.Chance(DetourShare) && roomy ? script.Replace(0, script.Requests[0] with { Detour = random.Pick(Phrases.Of(task.Manner).Detours) }) : script;
    }

    /// <summary>Two requests said in one breath; the reads that begin the second may then share a message with those that end the first.</summary>
    private static EpisodeScript Together(EpisodeScript script, int request, HashSet<string> writers, double parallelShare, SeededRandom random)
    {
        var at = script.Requests[request].Calls.Count;
        var joined = script.Join(request);
        var second = joined.Requests[request].Calls.ElementAtOrDefault(at);
        return second is not null && at > 0 && !writers.Contains(second.Tool) && !writers.Contains(joined.Requests[request].Calls[at - 1].Tool) && random.Chance(parallelShare)
            ? joined.Replace(request, at, second with { WithPrevious = true })
            : joined;
    }

    private static List<ScriptedArgument> Arguments(GoldCall gold)
    {
        var origins = gold.Origins.ToDictionary(origin => origin.Parameter, StringComparer.Ordinal);
        return [.. gold.Arguments.EnumerateObject().Select(argument =>
            origins.TryGetValue(argument.Name, out var origin) && origin is { Kind: OriginKind.Output or OriginKind.State, Step: { } step }
                ? new ScriptedArgument(argument.Name, argument.Value, step, origin.Path ?? string.Empty)
                : new ScriptedArgument(argument.Name, argument.Value))];
    }

    /// <summary>A value as the agent says it: strings as they are, all else as it stands in the result.</summary>
    public static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
