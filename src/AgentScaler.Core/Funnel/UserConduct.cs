using AgentScaler.Episodes;
using AgentScaler.Episodes.Scripted;
using AgentScaler.Json;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Funnel;

/// <summary>Faults of the simulated user: it said a value it could not know, or it ended the conversation too early.</summary>
internal static class UserConduct
{
    /// <summary>Shorter values (numbers, codes) turn up in ordinary sentences by chance.</summary>
    private const int ShortestSecret = 4;

    public static Rejection? Check(EpisodeRecord episode, TaskSpec task) =>
        LeakedValue(episode, task) ?? Untold(episode, task) ?? (StoppedEarly(episode, task) is { } early ? InventedFact(episode, task) ?? early : null);

    /// <summary>A gold value that has to be looked up, in the user's mouth before any other message showed it.</summary>
    private static Rejection? LeakedValue(EpisodeRecord episode, TaskSpec task)
    {
        var known = Values(task.Gold, kind => kind is OriginKind.User or OriginKind.Constant);
        var secrets = Values(task.Gold, kind => kind is OriginKind.Output or OriginKind.State)
            .Where(secret => secret.Length >= ShortestSecret && !known.Any(fact => FactText.Contains(fact, secret)))
            .ToList();
        foreach (var secret in secrets)
        {
            for (var i = 1; i < episode.Messages.Count; i++)
            {
                var message = episode.Messages[i];
                if (message.Content is not { } text || !FactText.States(text, secret))
                {
                    continue;
                }

                if (message.Role == "user")
                {
                    return task.Requests.Any(request => FactText.States(request.Text, secret))
                        ? new(FunnelReasons.TaskLeakedValue, Attribution.Task, $"the task's own words contain '{secret}', which has to be looked up")
                        : new(FunnelReasons.UserLeakedValue, Attribution.User, $"message {i}: the user cannot know '{secret}' yet");
                }

                break;
            }
        }

        return null;
    }

    /// <summary>
    /// Where an outcome is not gold's: a value that an agent passed instead of one the user was to give, said by the user before anybody else, and in none of the
    /// task's words. What only writes the same in another form (a date without its year) is no other value.
    /// </summary>
    public static Rejection? InventedFact(EpisodeRecord episode, TaskSpec task)
    {
        foreach (var gold in task.Gold.Where(gold => !WasMade(episode, gold)))
        {
            foreach (var call in episode.Calls.Where(call => !call.IsError && call.Tool == gold.Tool && !task.Gold.Any(other => IsSame(call, other))))
            {
                foreach (var origin in gold.Origins.Where(origin => origin.Kind == OriginKind.User))
                {
                    if (!gold.Arguments.TryGetProperty(origin.Parameter, out var told) || call.Arguments.ValueKind != System.Text.Json.JsonValueKind.Object
                        || !call.Arguments.TryGetProperty(origin.Parameter, out var passed))
                    {
                        continue;
                    }

                    var wanted = FactText.Leaves(told).ToList();
                    foreach (var value in FactText.Leaves(passed).Where(value => value.Length > 0 && !wanted.Exists(fact => IsForm(value, fact))))
                    {
                        var first = episode.Messages.Skip(1).FirstOrDefault(message => message.Content is { } text && FactText.States(text, value));
                        if (first?.Role == "user" && !task.Requests.Any(request => FactText.States(request.Text, value)))
                        {
                            return new(FunnelReasons.UserInventedFact, Attribution.User, $"the user said '{value}' for {origin.Parameter} of {gold.Tool}, and was told '{string.Join(", ", wanted)}'");
                        }
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Whether a value may be another way to write a fact: the same text but for case, or digits that stand in it.</summary>
    private static bool IsForm(string value, string fact)
    {
        var digits = string.Concat(value.Where(char.IsAsciiDigit));
        return value.Equals(fact, StringComparison.OrdinalIgnoreCase)
            || (value.Any(char.IsLetter) && digits.Length > 0 && string.Concat(fact.Where(char.IsAsciiDigit)).Contains(digits, StringComparison.Ordinal));
    }

    /// <summary>A fact that the user was to give only when asked, given before.</summary>
    private static Rejection? Untold(EpisodeRecord episode, TaskSpec task)
    {
        foreach (var withheld in task.Requests.Select(request => request.Abstention?.Withheld).OfType<WithheldFact>())
        {
            var asked = false;
            for (var i = 1; i < episode.Messages.Count && !asked; i++)
            {
                var message = episode.Messages[i];
                asked = message is { Role: "assistant", Content: { } text } && AgentQuestion.AsksFor(text, withheld.Name);
                if (message is { Role: "user", Content: { } said } && withheld.Facts.FirstOrDefault(fact => FactText.States(said, fact) && (fact.Length >= ShortestSecret || AgentQuestion.Names(said, withheld.Name))) is { } fact)
                {
                    return new(FunnelReasons.UserLeakedValue, Attribution.User, $"message {i}: the user says '{fact}' before it is asked for");
                }
            }
        }

        return null;
    }

    private static Rejection? StoppedEarly(EpisodeRecord episode, TaskSpec task)
    {
        var missing = Enumerable.Range(0, task.Gold.Count).Where(i => !WasMade(episode, task.Gold[i])).ToList();
        var said = Utterances(episode);
        for (var i = 0; i < task.Requests.Count; i++)
        {
            var request = task.Requests[i];
            var isUnserved = request.Abstention is { EndsInRefusal: true } || request is { Abstention: null, Calls: 0 } || missing.Any(call => call >= request.FirstCall && call < request.FirstCall + request.Calls);
            if (!WasVoiced(said, request, i, task, episode.Generator == ScriptedCast.Scripted) && (isUnserved || RequiredOutputs.FindMissing(episode, task with { Requests = [request] }) is not null))
            {
                return new(FunnelReasons.StoppedEarly, Attribution.User, $"the user stopped before saying request {i + 1} of {task.Requests.Count}");
            }
        }

        if (missing.Count == 0)
        {
            return null;
        }

        var decisive = task.Gold.Select((call, i) => (call, i)).LastOrDefault(pair => pair.call.Writes, (call: null!, i: task.Gold.Count - 1)).i;
        return missing.Contains(decisive) && AsksBack(episode)
            ? new(FunnelReasons.StoppedEarly, Attribution.User, $"the user stopped instead of answering, before {task.Gold[decisive].Tool}")
            : null;
    }

    /// <summary>What the user said of its own accord: stop markers and answers to the agent's questions voice no request.</summary>
    private static List<string> Utterances(EpisodeRecord episode)
    {
        var said = new List<string>();
        var asked = false;
        foreach (var message in episode.Messages)
        {
            if (message is { Role: "assistant", Content: { } words })
            {
                asked = AgentQuestion.AsksBack(words);
            }
            else if (message is { Role: "user", Content: { } text } && StopMarkers.Find(text) is null && !asked)
            {
                said.Add(text);
            }
        }

        return said;
    }

    private static bool WasMade(EpisodeRecord episode, GoldCall gold) => episode.Calls.Any(call => !call.IsError && IsSame(call, gold));

    private static bool IsSame(RecordedCall call, GoldCall gold) => call.Tool == gold.Tool && CanonicalJson.AreEqual(call.Arguments, gold.Arguments);

    /// <summary>
    /// A request is voiced when its words were said, or all its facts apart from the words of other requests (which may share facts); without
    /// facts, when there were enough utterances. A scripted user has no other words than its task's.
    /// </summary>
    private static bool WasVoiced(List<string> said, UserRequest request, int position, TaskSpec task, bool isScripted)
    {
        if (said.Any(text => SaysItself(text, request)))
        {
            return true;
        }

        var facts = Facts(request, task);
        return facts.Count > 0
            ? facts.All(fact => said.Any(text => FactText.States(WithoutRequests(text, task), fact)))
            : !isScripted && said.Count > position;
    }

    /// <summary>Whether one message voices a request: its words, or all its facts apart from the words of other requests; without facts by its words only.</summary>
    internal static bool Voices(string text, UserRequest request, TaskSpec task) =>
        SaysItself(text, request) || (Facts(request, task) is { Count: > 0 } facts && facts.All(fact => FactText.States(WithoutRequests(text, task), fact)));

    private static bool SaysItself(string text, UserRequest request) => text.Contains(request.Text, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the user says of itself for a request: not what it gives only when asked.</summary>
    private static List<string> Facts(UserRequest request, TaskSpec task) =>
        [.. Values(task.Gold.Skip(request.FirstCall).Take(request.Calls), kind => kind == OriginKind.User).Where(fact => request.Abstention?.Withheld?.Facts.Contains(fact) != true)];

    private static string WithoutRequests(string text, TaskSpec task) =>
        task.Requests.Aggregate(text, (rest, request) => rest.Replace(request.Text, " ", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the agent's last words ask for something other than further wishes.</summary>
    private static bool AsksBack(EpisodeRecord episode) =>
        episode.Messages.LastOrDefault(message => message is { Role: "assistant", Content: not null })?.Content is { } text && AgentQuestion.AsksBack(text);

    private static List<string> Values(IEnumerable<GoldCall> calls, Func<OriginKind, bool> wanted) =>
        [.. calls.SelectMany(call => call.Origins.Where(origin => wanted(origin.Kind))
            .SelectMany(origin => call.Arguments.TryGetProperty(origin.Parameter, out var value) ? FactText.Leaves(value) : []))
            .Distinct(StringComparer.Ordinal)];
}
