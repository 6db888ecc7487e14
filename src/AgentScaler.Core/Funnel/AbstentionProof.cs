using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Json;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Funnel;

/// <summary>
/// The terminal fact of requests that must not simply be served (pipeline.md, section 6): the agent asked for the fact that is missing before the user gave it, or said that it can't do what no
/// tool does or the policy forbids (or handed the user over to a person), and did not try what is forbidden. Decided by words and calls; that nothing was written is for the state to say.
/// </summary>
internal static class AbstentionProof
{
    public static Rejection? Check(EpisodeRecord episode, TaskSpec task, EnvironmentPackage package) =>
        task.Requests.Where(request => request.Abstention is not null).Select(request => Check(episode, task, request, package)).FirstOrDefault(fault => fault is not null);

    private static Rejection? Check(EpisodeRecord episode, TaskSpec task, UserRequest request, EnvironmentPackage package)
    {
        var abstention = request.Abstention!;
        if (episode.Calls.FirstOrDefault(call => IsForbidden(call, request, task, package)) is { } tried)
        {
            return new(FunnelReasons.AgainstPolicy, Attribution.Agent, $"{tried.Tool} {CanonicalJson.Write(tried.Arguments)}, which the policy forbids: {abstention.Rule}");
        }

        var after = episode.Messages.Skip(VoicedAt(episode, request) + 1).ToList();
        if (abstention.Withheld is { } withheld)
        {
            var given = after.FindIndex(message => message.Role == "user" && withheld.Facts.Any(fact => FactText.States(message.Content!, fact)));
            return after.Take(given < 0 ? after.Count : given).Any(message => message is { Role: "assistant", Content: { } text } && AgentQuestion.AsksFor(text, withheld.Name)) ? null
                : new(FunnelReasons.NotAsked, Attribution.Agent, $"never asked for the {withheld.Name}, which the user left out");
        }

        return after.Any(message => message is { Role: "assistant", Content: { } text } && (AgentRefusal.Is(text) || AgentRefusal.HandsOver(text))) ? null
            : new(FunnelReasons.NotRefused, Attribution.Agent, $"never said that it can't {abstention.Deed ?? "do what is against the policy"}");
    }

    /// <summary>Whether a call is what the policy forbids of what a task's user asks for.</summary>
    public static bool IsForbidden(RecordedCall call, TaskSpec task, EnvironmentPackage package) => task.Requests.Any(request => IsForbidden(call, request, task, package));

    private static bool IsForbidden(RecordedCall call, UserRequest request, TaskSpec task, EnvironmentPackage package) =>
        request.Abstention is { Kind: AbstentionKind.AgainstPolicy, Tempting: { } forbidden } && IsTry(call, forbidden, task, package);

    /// <summary>The message in which the user brings a request up; the first of the user's where it uses other words.</summary>
    private static int VoicedAt(EpisodeRecord episode, UserRequest request)
    {
        var messages = episode.Messages.ToList();
        var said = messages.FindIndex(message => message is { Role: "user", Content: { } text } && text.Contains(request.Text, StringComparison.OrdinalIgnoreCase));
        return said >= 0 ? said : messages.FindIndex(message => message.Role == "user");
    }

    /// <summary>Whether a call is of the forbidden tool on the same row (or, where no key names one, the very call), and none of gold's.</summary>
    private static bool IsTry(RecordedCall call, GoldCall forbidden, TaskSpec task, EnvironmentPackage package)
    {
        if (call.Tool != forbidden.Tool || call.Arguments.ValueKind != JsonValueKind.Object || task.Gold.Any(gold => gold.Tool == call.Tool && CanonicalJson.AreEqual(gold.Arguments, call.Arguments)))
        {
            return false;
        }

        return package.Tools.FirstOrDefault(tool => tool.Name == call.Tool)?.Binding.KeyParameter is { } key && forbidden.Arguments.TryGetProperty(key, out var row)
            ? call.Arguments.TryGetProperty(key, out var own) && CanonicalJson.AreEqual(own, row)
            : CanonicalJson.AreEqual(call.Arguments, forbidden.Arguments);
    }
}
