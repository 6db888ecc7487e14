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
        var requests = task.Requests.Select(request =>
        {
            var asks = random.Chance(0.25) && roomy;
            var calls = new List<ScriptedCall>();
            for (var i = request.FirstCall; i < request.FirstCall + request.Calls; i++)
            {
                var gold = task.Gold[i];
                var writes = writers.Contains(gold.Tool);
                calls.Add(new ScriptedCall(i, i, gold.Tool, Arguments(gold))
                {
                    WithPrevious = random.Chance(0.3) && !writes && calls.Count > 0 && !writers.Contains(calls[^1].Tool),
                    AskFirst = asks && writes,
                });
                asks &= !writes;
            }

            return new ScriptedRequest(request.Text, calls, Facts(task, request));
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
            origins.TryGetValue(argument.Name, out var origin) && origin is { Kind: OriginKind.Output, Step: { } step }
                ? new ScriptedArgument(argument.Name, argument.Value, step, origin.Path ?? string.Empty)
                : new ScriptedArgument(argument.Name, argument.Value))];
    }

    /// <summary>Where gold's results show what the user asks for: each required output once found, and the same field of the rows beside it that share a value.</summary>
    private static IReadOnlyList<FactSource> Facts(TaskSpec task, UserRequest request)
    {
        var located = request.RequiredOutputs.Select(output => Locate(task, request, output)).OfType<FactSource>().ToList();
        var facts = new List<FactSource>();
        foreach (var fields in located.Select(fact => (fact.Slot, Field: Field(fact.Path))).Distinct().GroupBy(field => field.Slot))
        {
            using var result = JsonDocument.Parse(task.Gold[fields.Key].Result);
            var wanted = fields.Select(field => field.Field).ToHashSet(StringComparer.Ordinal);
            facts.AddRange(ResultPath.Leaves(result.RootElement)
                .Where(leaf => wanted.Contains(Field(leaf.Path)) && (request.RequiredOutputs.Contains(Text(leaf.Value), StringComparer.Ordinal)
                    || located.Contains(new FactSource(fields.Key, leaf.Path))))
                .Select(leaf => new FactSource(fields.Key, leaf.Path)));
        }

        return facts;
    }

    /// <summary>A path without the positions in it: what all rows of a list have in common.</summary>
    private static string Field(string path) =>
        string.Join('.', ResultPath.Segments(path).Select(name => name.All(char.IsAsciiDigit) ? "*" : name));

    /// <summary>Finds where gold's results show a fact: in the request's own calls first, the latest first; a scalar equal to it, else one that contains it.</summary>
    private static FactSource? Locate(TaskSpec task, UserRequest request, string output)
    {
        var last = request.FirstCall + request.Calls - 1;
        var slots = Enumerable.Range(0, last + 1).Reverse().ToList();
        return Search(text => string.Equals(text, output, StringComparison.Ordinal))
            ?? Search(text => text.Contains(output, StringComparison.OrdinalIgnoreCase));

        FactSource? Search(Func<string, bool> fits)
        {
            foreach (var slot in slots)
            {
                using var result = JsonDocument.Parse(task.Gold[slot].Result);
                foreach (var (path, value) in ResultPath.Leaves(result.RootElement))
                {
                    if (fits(Text(value)))
                    {
                        return new FactSource(slot, path);
                    }
                }
            }

            return null;
        }
    }

    /// <summary>A value as the agent says it: strings as they are, all else as it stands in the result.</summary>
    public static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
