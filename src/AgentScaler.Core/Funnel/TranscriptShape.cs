using System.Text.Json;
using AgentScaler.Episodes;
using AgentScaler.Json;

namespace AgentScaler.Funnel;

/// <summary>
/// Whether a transcript is complete and well-formed: <c>system (user (assistant-with-calls tool+)* assistant-text)* user-stop</c>, every
/// call answered once, and the recorded calls those of the messages.
/// </summary>
internal static class TranscriptShape
{
    public static Rejection? Check(EpisodeRecord episode) => Ending(episode) ?? Alternation(episode) ?? Record(episode);

    private static Rejection? Ending(EpisodeRecord episode) => episode.Termination switch
    {
        Termination.UserStop => null,
        Termination.MaximumSteps => new(FunnelReasons.Truncated, Attribution.Agent, "the agent used all its steps"),
        Termination.ToolErrors => new(FunnelReasons.Truncated, Attribution.Agent, "too many tool errors in a row"),
        Termination.UserFailed => new(FunnelReasons.NoReply, Attribution.User, $"the user's model gave no reply that could be used: {episode.Failure}"),
        Termination.AgentFailed => new(FunnelReasons.NoReply, Attribution.Agent, $"the agent's model gave no reply that could be used: {episode.Failure}"),
        Termination.Aborted => new(FunnelReasons.Truncated, Attribution.Tool, "every attempt hit a limit of the runtime"),
        var other => throw new ArgumentOutOfRangeException(nameof(episode), other, "no such termination"),
    };

    private static Rejection? Alternation(EpisodeRecord episode)
    {
        var messages = episode.Messages;
        if (messages.Count == 0 || messages[0].Role != "system")
        {
            return new(FunnelReasons.MalformedRoles, Attribution.Task, "the first message is not the system message");
        }

        var next = "user";
        var pending = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.Role == "tool")
            {
                if (message.ToolCallId is not { } id || !pending.Remove(id, out var tool) || tool != message.Name)
                {
                    return new(FunnelReasons.OrphanResult, Attribution.Tool, $"message {i} answers no open call");
                }

                continue;
            }

            if (pending.Count > 0)
            {
                return new(FunnelReasons.UnansweredCall, Attribution.Tool, $"message {i} comes before {pending.Count} results");
            }

            if (message.Role != next)
            {
                var culprit = message.Role switch { "user" => Attribution.User, "assistant" => Attribution.Agent, _ => Attribution.Task };
                return new(FunnelReasons.MalformedRoles, culprit, $"message {i} is of '{message.Role}', expected '{next}'");
            }

            var calls = message.Role == "assistant" ? message.ToolCalls ?? [] : [];
            if (string.IsNullOrWhiteSpace(message.Content) && calls.Count == 0)
            {
                var culprit = message.Role == "user" ? Attribution.User : Attribution.Agent;
                return new(FunnelReasons.EmptyMessage, culprit, $"message {i} of '{message.Role}' is empty");
            }

            foreach (var call in calls)
            {
                if (call.Arguments.ValueKind != JsonValueKind.Object)
                {
                    return new(FunnelReasons.MalformedCall, Attribution.Agent, $"message {i} calls {call.Name} with what is no JSON object; such text can't be learnt from");
                }

                if (!pending.TryAdd(call.Id, call.Name))
                {
                    return new(FunnelReasons.MalformedRoles, Attribution.Agent, $"message {i} has two calls with the id {call.Id}");
                }
            }

            next = message.Role == "user" || calls.Count > 0 ? "assistant" : "user";
        }

        if (pending.Count > 0)
        {
            return new(FunnelReasons.UnansweredCall, Attribution.Tool, $"the transcript ends before {pending.Count} results");
        }

        return messages[^1] is { Role: "user", Content: { } last } && StopMarkers.Find(last) is not null
            ? null
            : new(FunnelReasons.MalformedRoles, Attribution.User, "the last message is not the user's stop");
    }

    private static Rejection? Record(EpisodeRecord episode)
    {
        var results = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var message in episode.Messages.Where(message => message.Role == "tool"))
        {
            if (!results.TryAdd(message.ToolCallId!, message.Content))
            {
                return new(FunnelReasons.RecordDiffers, Attribution.Tool, $"the call id {message.ToolCallId} is answered twice");
            }
        }

        var said = episode.Messages.SelectMany(message => message.ToolCalls ?? []).ToList();
        if (said.Count != episode.Calls.Count)
        {
            return new(FunnelReasons.RecordDiffers, Attribution.Tool, $"{said.Count} calls in the transcript, {episode.Calls.Count} recorded");
        }

        for (var i = 0; i < said.Count; i++)
        {
            var recorded = episode.Calls[i];
            if (said[i].Id != recorded.Id || said[i].Name != recorded.Tool || !CanonicalJson.AreEqual(said[i].Arguments, recorded.Arguments)
                || results[recorded.Id] != recorded.Result)
            {
                return new(FunnelReasons.RecordDiffers, Attribution.Tool, $"call {i} ({recorded.Tool}) is not the one in the transcript");
            }
        }

        return null;
    }
}
