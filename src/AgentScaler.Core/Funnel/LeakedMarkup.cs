using System.Text.RegularExpressions;
using AgentScaler.Episodes;

namespace AgentScaler.Funnel;

/// <summary>
/// Finds what belongs to a chat template or to the simulation, not to what people read: reasoning and tool-call tags, special tokens
/// (<c>&lt;|im_start|&gt;</c>), and stop markers anywhere but in the user's last message.
/// </summary>
internal static partial class LeakedMarkup
{
    public static Rejection? Check(EpisodeRecord episode)
    {
        for (var i = 1; i < episode.Messages.Count; i++)
        {
            var message = episode.Messages[i];
            if (message.Role is not ("user" or "assistant") || message.Content is not { } text)
            {
                continue;
            }

            var isLast = i == episode.Messages.Count - 1;
            var found = SpecialToken().Match(text) is { Success: true } match ? match.Value
                : message.Role == "user" && isLast ? null
                : StopMarkers.Find(text);
            if (found is not null)
            {
                var culprit = message.Role == "user" ? Attribution.User : Attribution.Agent;
                return new(FunnelReasons.LeakedMarkup, culprit, $"message {i} of '{message.Role}' contains {found}");
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"</?(think|thinking|tool_call|tool_response|function_call)>|<\|[A-Za-z0-9_▁｜]+\|>|<｜[^<>]{1,40}｜>|\[/?INST\]|<</?SYS>>",
        RegexOptions.CultureInvariant)]
    private static partial Regex SpecialToken();
}
