using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Funnel;
using AgentScaler.Tasks;

namespace AgentScaler.Datasets;

/// <summary>Where a rejected episode's fault lies beside a kept one: the message at which the two are to part.</summary>
internal sealed class PairFault(TaskSpec task, EnvironmentPackage package, FunnelSettings settings, PairThread worse)
{
    private readonly string reason = worse.Verdict.Reason!;

    /// <summary>The message at which a pair parts.</summary>
    /// <param name="shared">How many messages the episodes share in matter.</param>
    /// <param name="impossible">Why there is none, of <see cref="PairReasons"/>; null where there is one.</param>
    /// <returns>0-based index of a message of the agent's in both; 0 where there is none.</returns>
    public int Find(PairThread better, int shared, out string? impossible)
    {
        var words = InWords(better, shared);
        var at = words ?? shared;
        impossible = Parting(better, at)
            ?? (!IsWellFormed(better.Turn(at)) || !IsWellFormed(worse.Turn(at)) ? PairReasons.Malformed
            : words is null && !DoesOther(better, at) ? PairReasons.FaultLiesLater
            : null);
        return impossible is null ? at : 0;
    }

    /// <summary>Whether the two do there what makes the one wrong. Where the state is, reads don't; where words are the fault, nothing that is done does.</summary>
    private bool DoesOther(PairThread better, int at)
    {
        var writesOnly = reason == FunnelReasons.StateDiffers;
        return !better.Deeds(at, writesOnly).SequenceEqual(worse.Deeds(at, writesOnly), StringComparer.Ordinal) && reason switch
        {
            FunnelReasons.RepeatedPhrases or FunnelReasons.LeakedMarkup or FunnelReasons.MissingOutput or FunnelReasons.NotRefused or FunnelReasons.FailureUnreported => false,
            FunnelReasons.Unconfirmed => AgentConduct.Check(Shown(better, at), package) is not null,
            FunnelReasons.AgainstPolicy => CallsIn(worse.Episode, worse.Turn(at)).Any(call => AbstentionProof.IsForbidden(call, task, package)),
            FunnelReasons.NotAsked => better.Turn(at).Any(Asks) && !worse.Turn(at).Any(Asks),
            _ => true,
        };
    }

    /// <summary>What a pair shows of the worse: the better's beginning, and what the worse does then.</summary>
    private EpisodeRecord Shown(PairThread better, int at)
    {
        var (before, turn) = (better.Episode.Messages.Take(at).ToList(), worse.Turn(at));
        return worse.Episode with { Messages = [.. before, .. turn], Calls = [.. CallsIn(better.Episode, before), .. CallsIn(worse.Episode, turn)] };
    }

    private static IEnumerable<RecordedCall> CallsIn(EpisodeRecord episode, IReadOnlyList<EpisodeMessage> messages)
    {
        var answered = messages.Select(message => message.ToolCallId).ToHashSet(StringComparer.Ordinal);
        return episode.Calls.Where(call => answered.Contains(call.Id));
    }

    /// <summary>Whether the agent asks for a fact that the user left out.</summary>
    private bool Asks(EpisodeMessage message) => message is { Role: "assistant", Content: { } text } && Asks(text);

    private bool Asks(string text) => task.Requests.Any(request => request.Abstention?.Withheld is { } fact && AgentQuestion.AsksFor(text, fact.Name));

    /// <summary>Why two episodes don't part at a message of the agent's in both.</summary>
    private string? Parting(PairThread better, int at)
    {
        var (left, right) = (better.Episode.Messages, worse.Episode.Messages);
        if (at >= left.Count || at >= right.Count)
        {
            return PairReasons.NoDivergence;
        }

        return (left[at].Role, right[at].Role) switch
        {
            ("assistant", "assistant") => null,
            _ when at == 0 => PairReasons.SystemDiffers,
            ("user", _) or (_, "user") => PairReasons.UserDiffers,
            _ => PairReasons.ResultDiffers,
        };
    }

    /// <summary>The message whose words are the fault, where words are and it lies within what is shared, or right behind; else null.</summary>
    private int? InWords(PairThread better, int shared)
    {
        var (left, right) = (better.Episode.Messages, worse.Episode.Messages);
        Func<int, bool>? isFault = reason switch
        {
            FunnelReasons.RepeatedPhrases => i => Repetition.Check(worse.Episode with { Messages = [right[i]], Calls = [] }, settings) is not null,
            FunnelReasons.LeakedMarkup => i => LeakedMarkup.Check(worse.Episode with { Messages = [right[0], right[i]] }) is not null,
            FunnelReasons.MissingOutput when RequiredOutputs.FindMissing(worse.Episode, TaskUnderFault.Of(task, worse.Episode)) is { } output => i =>
                RequiredOutputs.Tells(left[i], output) || (i == shared && better.Turn(i).Any(message => RequiredOutputs.Tells(message, output))),

            FunnelReasons.NotRefused => i => Only(i, text => AgentRefusal.Is(text) || AgentRefusal.HandsOver(text)),
            FunnelReasons.FailureUnreported => i => Only(i, AgentFailure.Is),
            FunnelReasons.NotAsked => i => Only(i, Asks),

            // What a person minded nobody knows.
            FunnelReasons.ReviewRejected => i => better.Words[i] != worse.Words[i],
            _ => null,
        };
        return isFault is null
            ? null
            : Enumerable.Range(0, Math.Min(shared + 1, Math.Min(left.Count, right.Count))).Where(i => left[i].Role == "assistant" && right[i].Role == "assistant")
                .Cast<int?>().FirstOrDefault(i => isFault(i!.Value));

        bool Only(int i, Func<string, bool> says) => left[i].Content is { } better && says(better) && !(right[i].Content is { } worse && says(worse));
    }

    /// <summary>Whether every message says or calls something, every call has object arguments and one answer, and nothing else is answered.</summary>
    private static bool IsWellFormed(IReadOnlyList<EpisodeMessage> turn)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        var text = false;
        foreach (var message in turn)
        {
            if (message.Role == "tool")
            {
                if (message.ToolCallId is not { } id || !open.Remove(id))
                {
                    return false;
                }

                continue;
            }

            // After a text without calls it is the user's turn.
            var calls = message.ToolCalls ?? [];
            if (text || open.Count > 0 || message.Role != "assistant" || (calls.Count == 0 && string.IsNullOrWhiteSpace(message.Content))
                || calls.Any(call => call.Arguments.ValueKind != JsonValueKind.Object || !open.Add(call.Id)))
            {
                return false;
            }

            text = calls.Count == 0;
        }

        return turn.Count > 0 && open.Count == 0;
    }
}
