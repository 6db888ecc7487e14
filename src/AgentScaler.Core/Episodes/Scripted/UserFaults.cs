using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Episodes.Scripted;

/// <summary>Mistakes of the simulated user, for which the agent is not to blame.</summary>
/// <param name="openProbe">Opens a session at the task's initial state, on which calls can be tried out.</param>
internal sealed class UserFaults(TaskSpec task, EnvironmentPackage package, Func<EnvironmentSession> openProbe, SeededRandom random)
{
    /// <summary>Shorter values turn up in ordinary sentences by chance.</summary>
    private const int ShortestSecret = 4;

    /// <summary>The user tells what the agent has to look up; null where there is nothing of the kind.</summary>
    public EpisodeScript? Leak(EpisodeScript script)
    {
        foreach (var (at, _, call) in random.Shuffle(script.Places()))
        {
            var request = script.Requests[at];
            foreach (var argument in call.Arguments.Where(argument => argument.Slot is { } slot && request.Calls.Any(earlier => earlier.Slot == slot)))
            {
                var secret = ScriptWriter.Text(argument.Value);
                if (argument.Value.ValueKind == JsonValueKind.String && secret.Length >= ShortestSecret && !IsKnown(secret, argument.Slot!.Value))
                {
                    var aside = script.Manner is { IsChinese: true } ? $"就是 {secret}。" : $" That should be {secret}.";
                    return script.Replace(at, request with { Text = request.Text + aside, UserFault = new InjectedFault(FaultKind.UserLeak, call.GoldCall, $"tells {secret}, which has to be looked up") });
                }
            }
        }

        return null;
    }

    /// <summary>The user says another value than it was told, and the agent does as it is told; null where no value can be swapped in the user's words.</summary>
    public EpisodeScript? Invention(EpisodeScript script)
    {
        foreach (var (at, place, call) in random.Shuffle(script.Places().Where(place => place.Scripted.GoldCall is { } gold && task.Gold[gold].Writes)))
        {
            var request = script.Requests[at];
            var gold = task.Gold[call.GoldCall!.Value];
            foreach (var argument in random.Shuffle(call.Arguments.Where(argument => argument.Slot is null && argument.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number
                && gold.Origins.Any(origin => origin.Parameter == argument.Name && origin.Kind == OriginKind.User))))
            {
                if (request.Abstention is null && SaidOnce(ScriptWriter.Text(argument.Value), request.Text) is { } said && Another(gold, call.GoldCall.Value, argument) is { } other)
                {
                    var text = ScriptWriter.Text(other);
                    var fault = new InjectedFault(FaultKind.UserInvention, call.GoldCall, $"{call.Tool}.{argument.Name}: says {text} instead of {ScriptWriter.Text(argument.Value)}");
                    return script.Replace(at, request with { Text = request.Text.Replace(said, text, StringComparison.Ordinal), UserFault = fault })
                        .Replace(at, place, call with { Arguments = [.. call.Arguments.Select(given => given == argument ? given with { Value = other } : given)] });
                }
            }
        }

        return null;
    }

    /// <summary>Whether a value stands in the task's words, or was seen before a gold call.</summary>
    private bool IsKnown(string value, int before) => task.Requests.Any(request => ScalarTexts.IsSaidIn(request.Text, value))
        || task.Gold.Take(before).Any(call => ScalarTexts.IsWordOf(value, call.Result) || ScalarTexts.Of(call.Arguments).Contains(value, StringComparer.Ordinal));

    /// <summary>The form in which a value is said in one request, once, and in gold's calls, once; null if it is not so.</summary>
    private string? SaidOnce(string value, string text)
    {
        var forms = SpokenForms.Of(value).Where(form => ScalarTexts.IsWordOf(form, text)).ToList();
        return value.Length > 1 && forms is [var form] && text.IndexOf(form, StringComparison.Ordinal) is >= 0 and var at && text.LastIndexOf(form, StringComparison.Ordinal) == at
            && task.Requests.Count(request => request.Text.Contains(form, StringComparison.OrdinalIgnoreCase)) == 1
            && task.Gold.SelectMany(call => ScalarTexts.Of(call.Arguments)).Count(scalar => scalar == value) == 1 ? form : null;
    }

    /// <summary>Another value that the call takes and that leaves other rows; of no kin to the right one, nor in anybody's words.</summary>
    private JsonElement? Another(GoldCall gold, int position, ScriptedArgument argument)
    {
        var right = After(position, gold.Arguments)!;
        foreach (var other in new OtherValues(package, openProbe()).For(package.Tools.First(tool => tool.Name == gold.Tool), argument.Name, argument.Value, random))
        {
            var (text, told) = (ScriptWriter.Text(other), ScriptWriter.Text(argument.Value));
            if (text.Length > 1 && !text.Contains(told, StringComparison.OrdinalIgnoreCase) && !told.Contains(text, StringComparison.OrdinalIgnoreCase) && !IsKnown(text, task.Gold.Count)
                && After(position, SampledWith(gold.Arguments, argument.Name, other)) is { } hash && hash != right)
            {
                return other;
            }
        }

        return null;
    }

    private static JsonElement SampledWith(JsonElement arguments, string parameter, JsonElement value) => JsonSerializer.SerializeToElement(new SortedDictionary<string, JsonElement>(
        arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => argument.Name == parameter ? value : argument.Value), StringComparer.Ordinal));

    /// <summary>The state hash after gold with other arguments in one call; null where that call fails.</summary>
    private string? After(int position, JsonElement arguments)
    {
        var session = openProbe();
        for (var i = 0; i < position; i++)
        {
            session.Call(task.Gold[i].Tool, task.Gold[i].Arguments);
        }

        return session.Call(task.Gold[position].Tool, arguments).IsError ? null : session.StateHash;
    }
}
