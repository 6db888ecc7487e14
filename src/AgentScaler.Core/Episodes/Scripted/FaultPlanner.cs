using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks;

namespace AgentScaler.Episodes.Scripted;

/// <summary>
/// Works one mistake into a faultless script. Kinds are tried in random order until one fits the task, so each is as likely as any
/// other where it applies; if none fits, the script stays faultless.
/// </summary>
/// <param name="openProbe">Opens a session at the task's initial state, on which calls can be tried out.</param>
internal sealed class FaultPlanner(TaskSpec task, EnvironmentPackage package, Func<EnvironmentSession> openProbe, SeededRandom random)
{
    private const int RepeatedCalls = 5;
    private const int RepeatedSentences = 7;

    private readonly IReadOnlySet<string> confirmed = PolicyConduct.ConfirmedTools(package);
    private readonly Dictionary<string, PackageTool> tools = package.Tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    /// <summary>The script with one mistake in it, or as it was.</summary>
    public EpisodeScript Plan(EpisodeScript script) =>
        random.Shuffle(Enum.GetValues<FaultKind>()).Select(kind => Plan(script, kind)).FirstOrDefault(planned => planned is not null) ?? script;

    /// <summary>The script with a mistake of one kind, or null if it does not fit the task.</summary>
    public EpisodeScript? Plan(EpisodeScript script, FaultKind kind) => kind switch
    {
        FaultKind.WrongArgument => WrongArgument(script),
        FaultKind.WrongOrder => WrongOrder(script) ?? WrongOrderAcross(script),
        FaultKind.SkippedStep => SkippedStep(script),
        FaultKind.NeedlessWrite => NeedlessWrite(script),
        FaultKind.InvalidCallRecovered => InvalidCall(script),
        FaultKind.EarlyStop => EarlyStop(script),
        FaultKind.Repetition => random.Chance(0.5) ? RepeatedCall(script) ?? RepeatedSentence(script) : RepeatedSentence(script),
        FaultKind.WriteAndUndo => WriteAndUndo(script),
        FaultKind.Unasked => Unasked(script),
        FaultKind.RepeatedReasoning => RepeatedReasoning(script),
        FaultKind.UserLeak => new UserFaults(task, package, openProbe, random).Leak(script),
        FaultKind.UserInvention => new UserFaults(task, package, openProbe, random).Invention(script),
        FaultKind.GuessedFact or FaultKind.AgainstPolicy or FaultKind.KeptSilent => new AbstentionFaults(task.Gold.Count, confirmed, random).Plan(script, kind),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };

    private int FreeSlot => task.Gold.Count;

    private EpisodeScript? WrongArgument(EpisodeScript script)
    {
        if (random.Chance(0.5) && TakenBack(script) is { } misheard)
        {
            return misheard;
        }

        var values = new OtherValues(package, openProbe());
        foreach (var (request, place, call) in random.Shuffle(script.Places()))
        {
            foreach (var argument in random.Shuffle(call.Arguments))
            {
                foreach (var other in values.For(tools[call.Tool], argument.Name, argument.Value, random))
                {
                    if (Probe(call, argument.Name, other).ErrorCode != "invalid_arguments")
                    {
                        return script.Replace(request, place, call with
                        {
                            Wrong = new ScriptedArgument(argument.Name, other),
                            Fault = new InjectedFault(FaultKind.WrongArgument, call.GoldCall, string.Empty),
                        });
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The agent goes by what the user said first and took back; null where the user takes nothing back.</summary>
    private EpisodeScript? TakenBack(EpisodeScript script)
    {
        foreach (var correction in task.Requests.Select(request => request.Correction).OfType<RequestCorrection>())
        {
            var (request, place, call) = script.Places().FirstOrDefault(place => place.Scripted.GoldCall == correction.Call);
            if (call is not null && Probe(call, correction.Parameter, correction.Wrong).ErrorCode != "invalid_arguments")
            {
                return script.Replace(request, place, call with
                {
                    Wrong = new ScriptedArgument(correction.Parameter, correction.Wrong),
                    Fault = new InjectedFault(FaultKind.WrongArgument, call.GoldCall, string.Empty),
                });
            }
        }

        return null;
    }

    /// <summary>
    /// Swaps neighbours where order can show: the second needs a result of the first (then it goes ahead with what the user said instead), or
    /// gold only reads, or one of them writes.
    /// </summary>
    private EpisodeScript? WrongOrder(EpisodeScript script)
    {
        var swaps = script.Places()
            .Where(place => place.Call + 1 < script.Requests[place.Request].Calls.Count)
            .Select(place => (place.Request, place.Call, First: place.Scripted, Second: script.Requests[place.Request].Calls[place.Call + 1]))
            .Select(pair => (pair.Request, pair.Call, pair.First, Early: Early(pair.First, pair.Second)))
            .Where(swap => swap.Early is not null)
            .ToList();
        if (swaps.Count == 0)
        {
            return null;
        }

        var (request, at, first, early) = random.Pick(swaps);
        var fault = new InjectedFault(FaultKind.WrongOrder, early!.GoldCall, $"{early.Tool} before {first.Tool}");
        return script.Replace(request, at + 1, first with { WithPrevious = false }).Replace(request, at, early with { WithPrevious = false, Fault = fault });
    }

    /// <summary>The user says two requests in one breath, and the agent serves the second first.</summary>
    private EpisodeScript? WrongOrderAcross(EpisodeScript script) => random.Shuffle(Enumerable.Range(0, script.Requests.Count - 1).Where(script.CanJoin))
        .Select(request => WrongOrder(script.Join(request))).FirstOrDefault(swapped => swapped is not null);

    /// <summary>The second call as it can be made before the first, or null where that would not show.</summary>
    private ScriptedCall? Early(ScriptedCall first, ScriptedCall second)
    {
        if (!second.Needs.Contains(first.Slot))
        {
            var shows = task.IsReadOnly || tools[first.Tool].Writes || tools[second.Tool].Writes;
            return shows && SpareWrites.Describe(first) != SpareWrites.Describe(second) ? second : null;
        }

        var said = first.Arguments.FirstOrDefault(argument => argument is { Slot: null, Value.ValueKind: JsonValueKind.String });
        var guessed = second.Arguments.Select(argument =>
            argument.Slot == first.Slot && said is not null ? new ScriptedArgument(argument.Name, said.Value) : argument);
        return said is null ? null : second with { Arguments = [.. guessed] };
    }

    private EpisodeScript? SkippedStep(EpisodeScript script)
    {
        if (script.Places().ToList() is not { Count: > 0 } places)
        {
            return null;
        }

        var (request, place, call) = random.Pick(places);
        var fault = new InjectedFault(FaultKind.SkippedStep, call.GoldCall, $"left out {call.Tool}");
        return script.Replace(request, place, call with { LeftOut = true, Fault = fault });
    }

    private EpisodeScript? NeedlessWrite(EpisodeScript script)
    {
        if (!script.Places().Any() || new SpareWrites(task, package, openProbe).Find(FreeSlot, random) is not { } write)
        {
            return null;
        }

        var (request, place, call) = random.Pick(script.Places().ToList());
        var fault = new InjectedFault(FaultKind.NeedlessWrite, null, SpareWrites.Describe(write));
        return script.Replace(request, place, call, write with { Fault = fault, AskFirst = confirmed.Contains(write.Tool) });
    }

    private EpisodeScript? WriteAndUndo(EpisodeScript script)
    {
        if (!script.Places().Any() || new SpareWrites(task, package, openProbe).FindUndone(FreeSlot, random) is not (var write, var undo))
        {
            return null;
        }

        var (request, place, call) = random.Pick(script.Places().ToList());
        var line = SpareWrites.Describe(write);
        return script.Replace(
            request,
            place,
            call,
            write with { Fault = new InjectedFault(FaultKind.NeedlessWrite, null, line), AskFirst = confirmed.Contains(write.Tool) },
            undo with { Fault = new InjectedFault(FaultKind.WriteAndUndo, null, $"{line}, then {SpareWrites.Describe(undo)}"), Amends = true, AskFirst = confirmed.Contains(undo.Tool) });
    }

    /// <summary>First without an argument it must have, or with an id nothing has; the right call follows.</summary>
    private EpisodeScript? InvalidCall(EpisodeScript script)
    {
        foreach (var (request, place, call) in random.Shuffle(script.Places()))
        {
            foreach (var (invalid, detail) in random.Shuffle(InvalidForms(call)))
            {
                return script.Replace(request, place, invalid with { Fault = new InjectedFault(FaultKind.InvalidCallRecovered, call.GoldCall, detail) }, call with { AskFirst = false });
            }
        }

        return null;
    }

    private IEnumerable<(ScriptedCall Call, string Detail)> InvalidForms(ScriptedCall call)
    {
        var tool = tools[call.Tool];
        var extra = call with { Slot = FreeSlot, GoldCall = null, WithPrevious = false, Meant = call.Arguments };
        if (tool.Spec.Parameters.TryGetProperty("required", out var required) && required.GetArrayLength() > 0)
        {
            var missing = random.Pick(required.EnumerateArray().Select(name => name.GetString()!).ToList());
            yield return (extra with { Arguments = [.. call.Arguments.Where(argument => argument.Name != missing)] }, $"{call.Tool} without {missing}");
        }

        if (tool.Binding.KeyParameter is { } key
            && call.Arguments.FirstOrDefault(argument => argument.Name == key) is { } id && UnknownId(id.Value) is { } unknown
            && Probe(call, key, unknown) is { IsError: true, RowsChanged: 0 })
        {
            yield return (
                extra with { Arguments = [.. call.Arguments.Select(argument => argument.Name == key ? new ScriptedArgument(key, unknown) : argument)] },
                $"{call.Tool} with the unknown {key} {unknown.GetRawText()}");
        }
    }

    private static JsonElement? UnknownId(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.String => JsonSerializer.SerializeToElement(id.GetString() + "0"),
        JsonValueKind.Number when id.TryGetInt64(out var number) => JsonSerializer.SerializeToElement(number + 990000),
        _ => null,
    };

    /// <summary>Consent that the policy demands is not asked for, or in words that do not say for what.</summary>
    private EpisodeScript? Unasked(EpisodeScript script)
    {
        var places = script.Places().Where(place => confirmed.Contains(place.Scripted.Tool)).ToList();
        if (places.Count == 0)
        {
            return null;
        }

        var (request, at, call) = random.Pick(places);
        var vaguely = random.Chance(0.5);
        return script.Replace(request, at, call with
        {
            AskFirst = vaguely,
            AsksVaguely = vaguely,
            Fault = new InjectedFault(FaultKind.Unasked, call.GoldCall, vaguely ? $"{call.Tool} after a question that names nothing" : $"{call.Tool} without asking first"),
        });
    }

    /// <summary>The user leaves before its last requests; with one request only, when asked for consent, to what must be confirmed or else before the decisive call.</summary>
    private EpisodeScript? EarlyStop(EpisodeScript script)
    {
        if (script.Requests.Count > 1)
        {
            var spoken = random.Between(1, script.Requests.Count - 1);
            var fault = new InjectedFault(
                FaultKind.EarlyStop, script.Requests[spoken].Calls.FirstOrDefault()?.GoldCall, $"stopped after {spoken} of {script.Requests.Count} requests");
            return script with { Spoken = spoken, EarlyStop = fault };
        }

        var places = script.Places().ToList();
        if (places.Count == 0)
        {
            return null;
        }

        var asked = places.FindIndex(place => confirmed.Contains(place.Scripted.Tool));
        var decisive = asked >= 0 ? asked : places.FindLastIndex(place => tools[place.Scripted.Tool].Writes);
        var (request, at, call) = places[decisive < 0 ? places.Count - 1 : decisive];
        if (at == 0 && decisive < 0)
        {
            return null;
        }

        var asking = script.Requests[request].Calls.Select(other => other.Slot == call.Slot
            ? other with { AskFirst = true, WithPrevious = false }
            : other with { AskFirst = false });
        return script.Replace(request, script.Requests[request] with { Calls = [.. asking] }) with
        {
            StopsAtQuestion = true,
            EarlyStop = new InjectedFault(FaultKind.EarlyStop, call.GoldCall, $"stopped when asked for consent to {call.Tool}"),
        };
    }

    /// <summary>The agent thinks the same over and over before it answers.</summary>
    private EpisodeScript RepeatedReasoning(EpisodeScript script)
    {
        var request = random.Next(script.Requests.Count);
        return script.Replace(request, script.Requests[request] with { Rambles = true, Fault = new InjectedFault(FaultKind.RepeatedReasoning, null, "the same thought over and over") });
    }

    private EpisodeScript? RepeatedCall(EpisodeScript script)
    {
        var reads = script.Places().Where(place => !tools[place.Scripted.Tool].Writes).ToList();
        if (reads.Count == 0)
        {
            return null;
        }

        var (request, place, call) = random.Pick(reads);
        var again = call with { WithPrevious = false, Fault = null };
        var fault = new InjectedFault(FaultKind.Repetition, call.GoldCall, $"{call.Tool} again and again");
        return script.Replace(
            request, place, [call, again with { Fault = fault }, .. Enumerable.Repeat(again, RepeatedCalls - 2)]);
    }

    private EpisodeScript RepeatedSentence(EpisodeScript script)
    {
        var request = random.Next(script.Requests.Count);
        var fault = new InjectedFault(FaultKind.Repetition, null, $"the same sentence {RepeatedSentences} times");
        return script.Replace(request, script.Requests[request] with { Closings = RepeatedSentences, Fault = fault });
    }

    /// <summary>What the engine says to a call with one argument changed, at the task's initial state.</summary>
    private Environments.ToolResult Probe(ScriptedCall call, string parameter, JsonElement value) => openProbe().Call(
        call.Tool,
        JsonSerializer.SerializeToElement(new SortedDictionary<string, JsonElement>(
            call.Arguments.ToDictionary(argument => argument.Name, argument => argument.Name == parameter ? value : argument.Value),
            StringComparer.Ordinal)));
}
