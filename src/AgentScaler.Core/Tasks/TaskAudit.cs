using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Tasks;

/// <summary>
/// Audits a task before use (pipeline.md, stage 4): gold replays twice to the same hash, doing nothing fails it, every single mutation of
/// a gold write fails it, reordering neighbouring reads does not, and the intent neither hides a fact nor gives one away.
/// </summary>
internal sealed class TaskAudit(EnvironmentEngine engine, LoadedEnvironment environment)
{
    /// <summary>Checks a task.</summary>
    /// <returns>A reason code, or null if the task is sound.</returns>
    public string? Check(TaskSpec task)
    {
        var calls = task.Gold.Select(call => (call.Tool, call.Arguments)).ToList();
        if (!Replays(task) || !Replays(task))
        {
            return "gold.does-not-replay";
        }

        var writes = task.Gold.Any(call => call.Writes);
        if (writes && task.IsReadOnly)
        {
            return "gold.undoes-itself";
        }

        if (!writes && task.Requests.All(request => request.RequiredOutputs.Count == 0))
        {
            return "gold.proves-nothing";
        }

        for (var i = 0; i < calls.Count; i++)
        {
            if (task.Gold[i].Writes)
            {
                if (FinalHash(task, [.. calls.Take(i), .. calls.Skip(i + 1)]) == task.GoldHash)
                {
                    return "mutation.drop-passes";
                }

                foreach (var mutant in Mutants(task.Gold[i]))
                {
                    if (FinalHash(task, [.. calls.Take(i), (calls[i].Tool, mutant), .. calls.Skip(i + 1)]) == task.GoldHash)
                    {
                        return "mutation.argument-passes";
                    }
                }
            }
            else if (i + 1 < calls.Count && !task.Gold[i + 1].Writes && !Swappable(task, calls, i))
            {
                return "reorder.reads-matter";
            }
        }

        return IntentFault(task);
    }

    /// <summary>What a reason of <see cref="Check"/> means, for a person who wrote the task.</summary>
    public static string Explain(string reason) => reason switch
    {
        "gold.does-not-replay" => "its calls do not give the same results twice",
        "gold.undoes-itself" => "its writes leave the rows as they were, so nothing proves it",
        "gold.proves-nothing" => "it neither writes nor tells the user anything",
        "mutation.drop-passes" => "one of its writes could be left out: the rows end the same",
        "mutation.argument-passes" => "an argument of one of its writes could be another: the rows end the same",
        "reorder.reads-matter" => "the order of two of its reads matters",
        "intent.names-tool" => "the text names a tool",
        "intent.hides-fact" => "the text leaves out a value that the user must give",
        "intent.gives-away" => "the text gives away a value that the agent must look up, or the very answer",
        _ => "the task's audit rejects it",
    };

    private bool Replays(TaskSpec task)
    {
        var session = Open(task);
        return session.StateHash == task.InitialHash
            && task.Gold.All(call => session.Call(call.Tool, call.Arguments) is { IsError: false } result && result.Content == call.Result)
            && session.StateHash == task.GoldHash;
    }

    private string FinalHash(TaskSpec task, IEnumerable<(string Tool, JsonElement Arguments)> calls)
    {
        var session = Open(task);
        foreach (var (tool, arguments) in calls)
        {
            session.Call(tool, arguments);
        }

        return session.StateHash;
    }

    /// <summary>Whether two neighbouring reads give the same results the other way round, and the same state in the end.</summary>
    private bool Swappable(TaskSpec task, List<(string Tool, JsonElement Arguments)> calls, int first)
    {
        var session = Open(task);
        List<(string Tool, JsonElement Arguments)> swapped = [.. calls.Take(first), calls[first + 1], calls[first], .. calls.Skip(first + 2)];
        var results = swapped.Select(call => session.Call(call.Tool, call.Arguments).Content).ToList();
        return results[first] == task.Gold[first + 1].Result && results[first + 1] == task.Gold[first].Result && session.StateHash == task.GoldHash;
    }

    private EnvironmentSession Open(TaskSpec task) => engine.Open(environment, new Seed(task.Seed), task.InitialChanges);

    /// <summary>The call's arguments with one value changed, for each argument its program gives a meaning.</summary>
    private IEnumerable<JsonElement> Mutants(GoldCall call)
    {
        var tool = environment.Package.Tools.First(tool => tool.Name == call.Tool);
        foreach (var argument in call.Arguments.EnumerateObject())
        {
            if (argument.Name != tool.Binding.KeyParameter && !tool.Binding.Fields.ContainsKey(argument.Name) && !tool.Binding.Owners.ContainsKey(argument.Name)
                && tool.Binding.Lists?.ContainsKey(argument.Name) != true && tool.Binding.Ranges?.ContainsKey(argument.Name) != true)
            {
                continue;
            }

            var mutant = JsonNode.Parse(call.Arguments.GetRawText())!.AsObject();
            mutant[argument.Name] = Mutate(argument.Value, tool.SchemaOf(argument.Name));
            yield return JsonSerializer.SerializeToElement(mutant);
        }
    }

    private static JsonNode? Mutate(JsonElement value, JsonElement? schema)
    {
        if (schema is { } declared && declared.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array)
        {
            foreach (var other in values.EnumerateArray())
            {
                if (!JsonElement.DeepEquals(other, value))
                {
                    return JsonNode.Parse(other.GetRawText());
                }
            }
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return JsonValue.Create(value.GetString() + "x");
            case JsonValueKind.Number when value.TryGetInt64(out var whole):
                return JsonValue.Create(whole + 1);
            case JsonValueKind.Number:
                return JsonValue.Create(value.GetDouble() + 1);
            case JsonValueKind.True or JsonValueKind.False:
                return JsonValue.Create(value.ValueKind == JsonValueKind.False);
            case JsonValueKind.Array:
                return value.GetArrayLength() == 0 ? new JsonArray("x") : new JsonArray([.. value.EnumerateArray().Skip(1).Select(item => JsonNode.Parse(item.GetRawText()))]);
            default:
                return new JsonObject { ["changed"] = true };
        }
    }

    /// <summary>What is wrong with the intent: a fact it hides, a value it gives away, a tool it names; null if nothing.</summary>
    private string? IntentFault(TaskSpec task)
    {
        var text = string.Join('\n', task.Requests.Select(request => request.Text));
        if (environment.Package.Tools.Any(tool => tool.Name.Contains('_', StringComparison.Ordinal) && text.Contains(tool.Name, StringComparison.OrdinalIgnoreCase)))
        {
            return "intent.names-tool";
        }

        // What the user must say somewhere is no secret elsewhere.
        var facts = task.Gold.SelectMany(call => call.Origins.Where(origin => origin.Kind == OriginKind.User).SelectMany(origin => ScalarTexts.Of(call.Arguments.GetProperty(origin.Parameter))))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var call in task.Gold)
        {
            foreach (var origin in call.Origins)
            {
                var scalars = ScalarTexts.Of(call.Arguments.GetProperty(origin.Parameter)).ToList();
                if (origin.Kind == OriginKind.User && scalars.Any(scalar => !text.Contains(scalar, StringComparison.Ordinal)))
                {
                    return "intent.hides-fact";
                }

                if (origin.Kind is OriginKind.Output or OriginKind.State && scalars.Any(scalar => !facts.Contains(scalar) && ScalarTexts.IsWordOf(scalar, text)))
                {
                    return "intent.gives-away";
                }
            }
        }

        return task.Requests.Any(request => request.RequiredOutputs.Any(output => ScalarTexts.IsWordOf(output.Text, request.Text))) ? "intent.gives-away" : null;
    }
}
