using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks;

namespace AgentScaler.Episodes.Scripted;

/// <summary>Turns a task into the script of a faultless episode, with seeded variety in how it is gone about.</summary>
internal static class ScriptWriter
{
    /// <summary>Agent steps kept free for questions, thanks and mistakes; a task that needs nearly all steps gets none of the extras.</summary>
    private const int SpareSteps = 8;

    public static EpisodeScript Write(TaskSpec task, EnvironmentPackage package, int maximumSteps, SeededRandom random)
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
                    WithPrevious = random.Chance(0.3) && !writes && calls.Count > 0 && !writers.Contains(calls[^1].Tool),
                    AskFirst = confirmed.Contains(gold.Tool),
                });
            }

            return new ScriptedRequest(request.Text, calls, [.. request.RequiredOutputs.Select(output => new FactSource(output.Call, output.Path))]);
        }).ToList();
        var script = new EpisodeScript(requests) { Thanks = random.Chance(0.4) && roomy };
        for (var i = requests.Count - 2; i >= 0; i--)
        {
            script = random.Chance(0.2) ? script.Join(i) : script;
        }

        return script;
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
