using System.Text.Json;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Tasks.Modelled;

/// <summary>
/// The arguments of a task whose value could as well be another: what the user has written into a field and nothing else hangs on. Neither keys nor references, nor words of a list, nor what
/// the user says a second time.
/// </summary>
internal static class OpenValues
{
    /// <summary>The open arguments, in the order of the calls.</summary>
    public static IReadOnlyList<(int Call, string Parameter, JsonElement Value, JsonElement Schema)> Of(TaskSpec task, EnvironmentPackage package)
    {
        var said = task.Gold.SelectMany(call => call.Origins.Where(origin => origin.Kind == OriginKind.User).SelectMany(origin => ScalarTexts.Of(call.Arguments.GetProperty(origin.Parameter)))).ToList();
        var open = new List<(int, string, JsonElement, JsonElement)>();
        if (task.Requests.Any(request => request.Condition is not null))
        {
            // What the other wish would do hangs on the same values.
            return open;
        }

        for (var i = 0; i < task.Gold.Count; i++)
        {
            var call = task.Gold[i];
            var tool = package.Tools.First(tool => tool.Name == call.Tool);
            foreach (var origin in call.Writes ? call.Origins.Where(origin => origin.Kind == OriginKind.User) : [])
            {
                var value = call.Arguments.GetProperty(origin.Parameter);
                if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number && tool.SchemaOf(origin.Parameter) is { } schema && tool.Binding.Fields.TryGetValue(origin.Parameter, out var name)
                    && package.Schema.Find(tool.Binding.Collection) is { } collection && collection.Fields.FirstOrDefault(field => field.Name == name) is { References: null } field && name != collection.Key
                    && FieldSchemas.Narrow(schema, field.Type) is var narrow && IsFree(narrow) && said.Count(other => other == ScalarTexts.Of(value).Single()) == 1)
                {
                    open.Add((i, origin.Parameter, value, narrow));
                }
            }
        }

        return open;
    }

    /// <summary>The task with other values, executed anew: what follows from them follows; null with the reason if the calls do not go through.</summary>
    public static (TaskSpec? Task, string? Fault) Execute(TaskSpec task, IReadOnlyList<ProposedValue> values, Func<EnvironmentSession> open)
    {
        var session = open();
        var gold = new List<GoldCall>();
        for (var i = 0; i < task.Gold.Count; i++)
        {
            var call = task.Gold[i];
            if (Arguments(call, i, values, task, gold) is not { } arguments)
            {
                return (null, $"value.breaks-chain: what call {i + 1} takes from an earlier result is not there any more");
            }

            var before = session.StateHash;
            var result = session.Call(call.Tool, arguments);
            if (result.IsError || session.StateHash != before != call.Writes)
            {
                return (null, $"value.call-fails: {result.Content}");
            }

            gold.Add(call with { Arguments = arguments, Result = result.Content });
        }

        var requests = new List<UserRequest>();
        foreach (var request in task.Requests)
        {
            var outputs = request.RequiredOutputs.Select(output => Found(gold[output.Call], output.Path) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } fact ? output with { Text = ScalarTexts.Of(fact).Single() } : null).ToList();
            if (outputs.Contains(null))
            {
                return (null, "value.breaks-chain: a result does not show any more what the user asks for");
            }

            requests.Add(request with { RequiredOutputs = [.. outputs.OfType<RequiredOutput>()] });
        }

        return (task with { Gold = gold, Requests = requests, GoldHash = session.StateHash }, null);
    }

    private static bool IsFree(JsonElement schema) => !schema.TryGetProperty("enum", out _) && !schema.TryGetProperty("const", out _) && !schema.TryGetProperty("format", out _)
        && !schema.TryGetProperty("pattern", out _) && !schema.TryGetProperty(SpecTidier.HeededPattern, out _) && ResultReader.TypeOf(schema) is "string" or "integer" or "number";

    private static JsonElement? Arguments(GoldCall call, int index, IReadOnlyList<ProposedValue> values, TaskSpec task, List<GoldCall> gold)
    {
        var arguments = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var argument in call.Arguments.EnumerateObject())
        {
            var origin = call.Origins.First(origin => origin.Parameter == argument.Name);
            arguments[argument.Name] = argument.Value;
            if (values.FirstOrDefault(value => value.Call == index && value.Parameter == argument.Name) is { } proposed)
            {
                arguments[argument.Name] = proposed.Value;
            }
            else if (origin is { Step: { } step, Path: { } path })
            {
                // An id that a write gave is another where its values are.
                if (Found(gold[step], path) is not { } now)
                {
                    return null;
                }

                var same = Found(task.Gold[step], path) is { } then && CanonicalJson.AreEqual(then, now);
                arguments[argument.Name] = same ? argument.Value
                    : argument.Value.ValueKind == now.ValueKind ? now
                    : JsonSerializer.SerializeToElement(argument.Value.ValueKind == JsonValueKind.String ? (object)StoredKey.Of(now) : long.TryParse(StoredKey.Of(now), out var number) ? (object)number : StoredKey.Of(now));
            }
        }

        return JsonSerializer.SerializeToElement(arguments);
    }

    private static JsonElement? Found(GoldCall call, string path)
    {
        using var result = JsonDocument.Parse(call.Result);
        return ResultPath.Find(result.RootElement, path)?.Clone();
    }
}
