using AgentScaler.Episodes;
using AgentScaler.Tasks;

namespace AgentScaler.Funnel;

/// <summary>The least that is said about requests that must not simply be served, for trials without parties.</summary>
internal static class AbstentionTalk
{
    /// <summary>Each such request, what the agent says to it, and the user's answer where it was asked.</summary>
    /// <param name="abstained">Whether the agent asks and declines, or says that all is done.</param>
    public static IEnumerable<EpisodeMessage> Of(TaskSpec task, bool abstained)
    {
        foreach (var request in task.Requests.Where(request => request.Abstention is not null))
        {
            var withheld = request.Abstention!.Withheld;
            yield return new EpisodeMessage("user", request.Text);
            yield return new EpisodeMessage("assistant", !abstained ? "That is done." : withheld is null ? "I can't do that." : $"What is the {withheld.Name}?");
            if (abstained && withheld is not null)
            {
                yield return new EpisodeMessage("user", withheld.Answer);
            }
        }
    }
}
