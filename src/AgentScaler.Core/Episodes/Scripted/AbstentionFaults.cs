using AgentScaler.Determinism;
using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Episodes.Scripted;

/// <summary>Mistakes with requests that must not simply be served.</summary>
/// <param name="freeSlot">The first slot that no gold call has.</param>
/// <param name="confirmed">Tools that need the user's consent.</param>
internal sealed class AbstentionFaults(int freeSlot, IReadOnlySet<string> confirmed, SeededRandom random)
{
    /// <summary>The script with a mistake of one kind, or null if no request gives room for it.</summary>
    public EpisodeScript? Plan(EpisodeScript script, FaultKind kind)
    {
        foreach (var (i, request) in random.Shuffle(script.Requests.Index().Where(request => request.Item.Abstention is not null)))
        {
            var changed = kind switch
            {
                FaultKind.GuessedFact => Guessed(request),
                FaultKind.AgainstPolicy => Forbidden(request),
                _ => Silent(request),
            };
            if (changed is not null)
            {
                return script.Replace(i, changed);
            }
        }

        return null;
    }

    /// <summary>Instead of asking, the agent makes the call with a value of its own.</summary>
    private ScriptedRequest? Guessed(ScriptedRequest request)
    {
        if (request.Abstention is not { Withheld: { } withheld, Tempting: { } guess } abstention || !guess.Arguments.TryGetProperty(withheld.Parameter, out var value))
        {
            return null;
        }

        var fault = new InjectedFault(FaultKind.GuessedFact, null, $"{guess.Tool}.{withheld.Parameter}: made up {value.GetRawText()}");
        if (abstention.Kind == AbstentionKind.MissingRefused)
        {
            return request with { Asks = false, IsSilent = true, Calls = [.. request.Calls, Literal(abstention, fault)] };
        }

        var goal = request.Calls[^1];
        return request with
        {
            Asks = false,
            Calls = [.. request.Calls.SkipLast(1), goal with { Fault = fault, Arguments = [.. goal.Arguments.Select(argument => argument.Name == withheld.Parameter ? new ScriptedArgument(argument.Name, value) : argument)] }],
        };
    }

    /// <summary>The agent looks, sees that it must not, and tries all the same; the tool refuses.</summary>
    private ScriptedRequest? Forbidden(ScriptedRequest request) => request.Abstention is { Kind: AbstentionKind.AgainstPolicy, Tempting: { } forbidden } abstention
        ? request with
        {
            IsSilent = true,
            Calls = [.. request.Calls, Literal(abstention, new InjectedFault(FaultKind.AgainstPolicy, null, $"{forbidden.Tool} {forbidden.Arguments.GetRawText()}"))],
        }
        : null;

    private static ScriptedRequest? Silent(ScriptedRequest request) => request.Abstention is { EndsInRefusal: true } abstention
        ? request with { IsSilent = true, HandsOver = false, Fault = new InjectedFault(FaultKind.KeptSilent, null, abstention.Withheld is { } withheld ? $"never asks for the {withheld.Name}" : "says nothing of what it does not do") }
        : null;

    private ScriptedCall Literal(RequestAbstention abstention, InjectedFault fault)
    {
        var call = abstention.Tempting!;
        return new ScriptedCall(freeSlot, null, call.Tool, [.. call.Arguments.EnumerateObject().Select(argument => new ScriptedArgument(argument.Name, argument.Value))])
        {
            Fault = fault,
            AskFirst = confirmed.Contains(call.Tool),
        };
    }
}
