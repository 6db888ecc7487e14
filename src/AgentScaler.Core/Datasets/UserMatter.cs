using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Tasks;

namespace AgentScaler.Datasets;

/// <summary>
/// What a user's message says, apart from how: which of the task's requests it voices, which of gold's values it names and which numbers and codes; an answer to the agent's question
/// that is plainly yes or no, which of the two (<see cref="PlainAnswer"/>). All else matters word for word.
/// </summary>
internal static class UserMatter
{
    /// <summary>A text that two messages share where they say the same.</summary>
    /// <param name="question">What was said before; null if nothing was.</param>
    public static string Of(string text, string? question, TaskSpec task)
    {
        var requests = task.Requests.Index().Where(request => UserConduct.Voices(text, request.Item, task)).Select(request => request.Index).ToList();
        var values = task.Gold.SelectMany(call => FactText.Leaves(call.Arguments)).Where(value => FactText.Contains(text, value)).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList();
        if (requests.Count > 0)
        {
            // A number or code that is none of gold's may take back what is.
            var codes = TextWords.Of(text).Where(word => word.Any(char.IsDigit)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            return $"requests {string.Join(',', requests)}: {string.Join('\n', values)}; {string.Join(' ', codes)}";
        }

        return values.Count == 0 && question is not null && AgentQuestion.AsksBack(question) && StopMarkers.Find(text) is null && PlainAnswer.Of(text) is { } answer ? answer : "text " + text;
    }
}
