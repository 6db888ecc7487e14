using System.Text.RegularExpressions;

namespace AgentScaler.Tasks.Modelled;

/// <summary>What a request must go on saying, whoever words it: what the user knows and the agent needs, letter by letter.</summary>
internal static partial class SpokenFacts
{
    /// <summary>The facts of a request: values of its calls that it says, what it quotes, and all that holds a digit; in the order they are said.</summary>
    public static IReadOnlyList<string> Of(TaskSpec task, UserRequest request)
    {
        IEnumerable<GoldCall> wished = request.Condition is { } condition ? [condition.Otherwise] : [];
        var calls = task.Gold.Skip(request.FirstCall).Take(request.Calls).Concat(wished);
        var values = calls.SelectMany(call => call.Origins.Where(origin => origin.Kind == OriginKind.User).SelectMany(origin => ScalarTexts.Of(call.Arguments.GetProperty(origin.Parameter))));
        var quoted = Quotation().Matches(request.Text).Select(match => match.Groups[1].Value);
        var numbered = Number().Matches(request.Text).Select(match => match.Value.TrimEnd('.'));
        var facts = values.Concat(quoted).Concat(numbered).Concat(request.Condition is null ? [] : [request.Condition.Value]).Where(fact => fact.Length > 0 && request.Text.Contains(fact, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();

        // What is part of another fact is said with it.
        return [.. facts.Where(fact => !facts.Any(other => other.Length > fact.Length && other.Contains(fact, StringComparison.Ordinal))).OrderBy(fact => request.Text.IndexOf(fact, StringComparison.Ordinal))];
    }

    /// <summary>The facts of a request when values were put in the place of others.</summary>
    public static IReadOnlyList<string> Of(TaskSpec task, UserRequest request, IReadOnlyList<(string Old, string New)> replaced) =>
    [
        .. Of(task, request).SelectMany(fact => replaced.FirstOrDefault(pair => pair.Old == fact) is { Old: not null } whole ? [whole.New]
            : replaced.Any(pair => fact.Contains(pair.Old, StringComparison.Ordinal) && pair.Old.Length > 2) ? Array.Empty<string>() : [fact]),
    ];

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quotation();

    [GeneratedRegex("[^\\s\"(),;:?!]*\\d[^\\s\"(),;:?!]*")]
    private static partial Regex Number();
}
