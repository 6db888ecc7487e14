using AgentScaler.Episodes;
using AgentScaler.Tasks;

namespace AgentScaler.Funnel;

/// <summary>
/// Whether the facts a task asks for reached the user in something the agent said: case and thousands commas do not count (as in
/// tau-bench), but unlike there a fact must not be a piece of a longer word or number: <c>15</c> does not tell <c>5</c>.
/// </summary>
public static class RequiredOutputs
{
    /// <summary>The first required output that never reached the user, or null.</summary>
    public static string? FindMissing(EpisodeRecord episode, TaskSpec task) => task.Requests.SelectMany(request => request.RequiredOutputs)
        .Select(output => output.Text).FirstOrDefault(output => !episode.Messages.Any(message => Tells(message, output)));

    /// <summary>Whether a message tells an output.</summary>
    internal static bool Tells(EpisodeMessage message, string output) =>
        message is { Role: "assistant", Content: { } text } && FactText.Contains(Normalise(text), Normalise(output));

    private static string Normalise(string text) => text.Replace(",", string.Empty, StringComparison.Ordinal);
}
