using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Json;

namespace AgentScaler.Episodes.Scripted;

/// <summary>
/// Follows its script request by request. What it passes on and what it says comes from the results it really received, so one wrong
/// call has the consequences it would have for anybody; what it cannot find it says it cannot find.
/// </summary>
internal sealed class ScriptedAgent(EpisodeScript script, EnvironmentPackage package, FaultLog faults, SeededRandom random) : IAgent
{
    private const int MostRetries = 2;

    private readonly ActualResults results = new();
    private readonly List<ScriptedCall> made = [];
    private readonly List<ScriptedCall> unreachable = [];
    private readonly List<(ScriptedCall Call, AgentCall Made)> open = [];
    private readonly Dictionary<int, int> retries = [];
    private readonly AnswerWriter answers = new(package, script.Manner, random);
    private readonly ReasoningWriter reasoning = new(script, random);
    private int request = -1;
    private int next;

    /// <summary>How many of the coming calls that need consent the user has been asked about.</summary>
    private int consented;
    private bool waits;
    private bool strayed;
    private bool asked;

    /// <inheritdoc/>
    public ValueTask<AgentTurn> ActAsync(IReadOnlyList<EpisodeMessage> transcript, CancellationToken cancellationToken)
    {
        var again = ReadResults(transcript);
        if (again.Count > 0)
        {
            open.AddRange(again);
            return ValueTask.FromResult(new AgentTurn(random.Chance(0.3) ? random.Pick(answers.Phrases.Retries) : null, [.. again.Select(call => call.Made)], reasoning.Again()));
        }

        if (transcript[^1].Role == "user" && !waits)
        {
            if (request < 0 && !strayed && script.Requests[0].Detour is { } detour)
            {
                strayed = true;
                return ValueTask.FromResult(new AgentTurn(detour.Answered, []));
            }

            request++;
            next = 0;
            consented = 0;
            asked = false;
            made.Clear();
            unreachable.Clear();
        }

        waits = false;
        return ValueTask.FromResult(request < script.Requests.Count ? Go(script.Requests[request]) : new AgentTurn(random.Pick(answers.Phrases.Farewells), []));
    }

    /// <inheritdoc/>
    public async ValueTask RecallAsync(IReadOnlyList<EpisodeMessage> transcript, AgentTurn turn, CancellationToken cancellationToken) =>
        _ = await ActAsync(transcript, cancellationToken);

    /// <summary>Takes the results in.</summary>
    /// <returns>The calls to be made again: what they failed with may pass.</returns>
    private List<(ScriptedCall Call, AgentCall Made)> ReadResults(IReadOnlyList<EpisodeMessage> transcript)
    {
        var again = new List<(ScriptedCall Call, AgentCall Made)>();
        for (var i = 0; i < open.Count; i++)
        {
            var slot = open[i].Call.Slot;
            results.Add(slot, transcript[transcript.Count - open.Count + i].Content!);
            if (results.ErrorCode(slot) is { } code && ToolFaultErrors.IsTransient(code) && retries.GetValueOrDefault(slot) < MostRetries)
            {
                retries[slot] = retries.GetValueOrDefault(slot) + 1;
                again.Add(open[i]);
            }
        }

        open.Clear();
        return again;
    }

    private AgentTurn Go(ScriptedRequest current)
    {
        if (current is { Asks: true, IsSilent: false, Abstention.Withheld: { } withheld } && !asked)
        {
            asked = true;
            waits = true;
            return new AgentTurn(answers.AskFor(withheld), [], reasoning.Missing(withheld.Name));
        }

        var calls = new List<AgentCall>();
        for (; next < current.Calls.Count; next++)
        {
            var call = current.Calls[next];
            if (calls.Count > 0 && (!(call.WithPrevious && call.Needs.All(results.Has)) || (call.AskFirst && consented == 0)))
            {
                break;
            }

            if (call.LeftOut)
            {
                faults.Add(call.Fault!);
            }
            else if (Resolve(call) is not { } arguments)
            {
                unreachable.Add(call);
            }
            else if (call.AskFirst && consented == 0)
            {
                var together = Together(current);
                consented = together.Count;
                waits = true;
                return new AgentTurn(call.AsksVaguely ? random.Pick(answers.Phrases.Questions) : answers.Ask(together, results), [], reasoning.Consent(answers.Deed(call.Tool)));
            }
            else
            {
                consented -= call.AskFirst ? 1 : 0;
                calls.Add(Make(call, arguments));
            }
        }

        if (calls.Count > 0)
        {
            var beside = random.Chance(0.2) ? random.Pick(open.Any(call => answers.Writes(call.Call.Tool)) ? answers.Phrases.Actions : answers.Phrases.Lookups) : null;
            return new AgentTurn(beside, calls, reasoning.Calls([.. open.Select(call => answers.Deed(call.Call.Tool))], Left(current)));
        }

        if (current.Fault is not null)
        {
            faults.Add(current.Fault);
        }

        return new AgentTurn(answers.Answer(current, made, unreachable, results), [], current.Rambles ? reasoning.InCircles(current) : reasoning.Answer(current, made.Count, unreachable.Count > 0 || made.Exists(call => results.Error(call.Slot) is not null)));
    }

    /// <summary>How many calls of a request are still to be made.</summary>
    private int Left(ScriptedRequest current) => current.Calls.Skip(next).Count(call => !call.LeftOut);

    /// <summary>
    /// The next call, and now and then those right after it that need consent as well, with what each will be called with, or was meant to be, where the results of a tool that works give that.
    /// </summary>
    private List<(ScriptedCall Call, SortedDictionary<string, JsonElement> Arguments)> Together(ScriptedRequest current)
    {
        var together = new List<(ScriptedCall, SortedDictionary<string, JsonElement>)>();
        for (var i = next; i < current.Calls.Count && current.Calls[i] is { AskFirst: true, LeftOut: false } call && (Resolve(call with { Arguments = call.Meant ?? call.Arguments }) ?? Resolve(call)) is { } arguments; i++)
        {
            if (call.Wrong is { } wrong)
            {
                arguments[wrong.Name] = wrong.Value;
            }

            if (call.AsksVaguely && together.Count > 0)
            {
                break;
            }

            together.Add((call, arguments));
            if (call.AsksVaguely || random.Chance(0.5))
            {
                break;
            }
        }

        return together;
    }

    private AgentCall Make(ScriptedCall call, SortedDictionary<string, JsonElement> arguments)
    {
        if (call.Wrong is { } wrong)
        {
            var right = arguments[wrong.Name];
            arguments[wrong.Name] = wrong.Value;
            if (!CanonicalJson.AreEqual(right, wrong.Value))
            {
                var values = $"{CanonicalJson.Write(wrong.Value)} instead of {CanonicalJson.Write(right)}";
                faults.Add(call.Fault! with { Detail = $"{call.Tool}.{wrong.Name}: {values}" });
            }
        }
        else if (call.Fault is { } fault)
        {
            if (call.Amends)
            {
                faults.Amend(fault);
            }
            else
            {
                faults.Add(fault);
            }
        }

        made.Add(call with { Arguments = [.. arguments.Select(argument => new ScriptedArgument(argument.Key, argument.Value))] });
        var agentCall = new AgentCall(call.Tool, JsonSerializer.SerializeToElement(arguments));
        open.Add((call, agentCall));
        return agentCall;
    }

    /// <summary>The call's arguments, or null if a result it needs does not show the value.</summary>
    private SortedDictionary<string, JsonElement>? Resolve(ScriptedCall call)
    {
        var arguments = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var argument in call.Arguments)
        {
            var value = argument.Slot is { } slot ? results.Find(slot, argument.Path!) : argument.Value;
            if (value is null && argument.Name == call.Wrong?.Name)
            {
                value = argument.Value;
            }

            if (value is null)
            {
                return null;
            }

            // An id may be text in a result and a number in a parameter; the parameter's type is what the call needs.
            arguments[argument.Name] = value.Value.ValueKind != argument.Value.ValueKind && ScriptWriter.Text(value.Value) == ScriptWriter.Text(argument.Value)
                ? argument.Value
                : value.Value;
        }

        return arguments;
    }
}
