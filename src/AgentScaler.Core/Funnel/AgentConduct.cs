using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Json;

namespace AgentScaler.Funnel;

/// <summary>
/// Whether the agent asked before what the policy says must be confirmed (<see cref="PolicyRuleKind.Confirm"/>). A call of such a tool that was not refused
/// is confirmed if the user's last message before it is no refusal, and the agent's message before that one asks, and says what it is about: it names the
/// row by its key, or by the name that an earlier result shows beside that key; for a call without a key it holds a value of the arguments, or where there
/// is none worth naming, a word of the tool's name. One question may cover several calls. Decided by the words alone, so that it holds for models'
/// episodes as for scripted ones.
/// </summary>
internal static class AgentConduct
{
    /// <summary>Shorter values (numbers, codes) and words turn up in ordinary sentences by chance.</summary>
    private const int ShortestValue = 2;
    private const int ShortestWord = 4;

    private static readonly string[] Asking = ["?", "？", "confirm", "go ahead", "proceed", "agree", "确认", "是否"];
    private static readonly string[] Refusals = ["no", "nope", "not", "don't", "dont", "stop", "wait", "never", "actually no", "please don't", "please do not"];
    private static readonly string[] ChineseRefusals = ["不", "别", "先别", "否", "等"];

    public static Rejection? Check(EpisodeRecord episode, EnvironmentPackage package)
    {
        var confirmed = PolicyConduct.ConfirmedTools(package);
        if (confirmed.Count == 0)
        {
            return null;
        }

        var refused = episode.Calls.Where(call => call.IsError).Select(call => call.Id).ToHashSet(StringComparer.Ordinal);
        var shown = new List<JsonElement>();
        string? question = null;
        string? answer = null;
        for (var i = 0; i < episode.Messages.Count; i++)
        {
            switch (episode.Messages[i])
            {
                case { Role: "user", Content: var said }:
                    answer = said;
                    break;
                case { Role: "assistant", ToolCalls: { Count: > 0 } calls }:
                    foreach (var call in calls.Where(call => confirmed.Contains(call.Name) && !refused.Contains(call.Id)))
                    {
                        if (Fault(question, answer, call, package, shown) is { } fault)
                        {
                            return new(FunnelReasons.Unconfirmed, Attribution.Agent, $"message {i}: {call.Name} {fault}");
                        }
                    }

                    break;
                case { Role: "assistant", Content: var said }:
                    question = said;
                    answer = null;
                    break;
                case { Role: "tool", Content: { } result } when JsonText.Read(result) is { } value:
                    shown.Add(value);
                    break;
            }
        }

        return null;
    }

    private static string? Fault(string? question, string? answer, EpisodeToolCall call, EnvironmentPackage package, IReadOnlyList<JsonElement> shown)
    {
        if (question is null || answer is null || !Asking.Any(mark => question.Contains(mark, StringComparison.OrdinalIgnoreCase)))
        {
            return "without asking the user";
        }

        if (!Names(question, call, package.Tools.FirstOrDefault(tool => tool.Name == call.Name)?.Binding.KeyParameter, shown))
        {
            return "after a question that does not say what is to be done";
        }

        return IsRefusal(answer) ? "against the user's word" : null;
    }

    private static bool Names(string question, EpisodeToolCall call, string? keyParameter, IReadOnlyList<JsonElement> shown)
    {
        if (call.Arguments.ValueKind == JsonValueKind.Object && keyParameter is not null && call.Arguments.TryGetProperty(keyParameter, out var key)
            && FactText.Leaves(key).ToList() is [{ Length: > 0 } text])
        {
            return FactText.Contains(question, text) || shown.SelectMany(result => NamesBeside(result, text)).Any(name => FactText.Contains(question, name));
        }

        var values = FactText.Leaves(call.Arguments).Where(value => value.Length >= ShortestValue).ToList();
        return values.Count > 0
            ? values.Any(value => FactText.Contains(question, value))
            : Tools.Words.Tokens(call.Name).Any(word => word.Length >= ShortestWord && question.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The names that stand in one object with a key.</summary>
    private static IEnumerable<string> NamesBeside(JsonElement value, string key) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => NamesBeside(item, key)),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => NamesBeside(property.Value, key))
            .Concat(value.EnumerateObject().Any(property => IsScalar(property.Value) && FactText.Leaves(property.Value).Contains(key))
                ? value.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.String && IsName(property.Name)).Select(property => property.Value.GetString()!)
                : []),
        _ => [],
    };

    private static bool IsScalar(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    private static bool IsName(string field) => Tools.Words.Tokens(field) is [.., "name" or "title" or "label" or "subject" or "email" or "number" or "summary"];

    private static bool IsRefusal(string answer)
    {
        var words = answer.TrimStart().Replace('’', '\'');
        return ChineseRefusals.Any(word => words.StartsWith(word, StringComparison.Ordinal))
            || Refusals.Any(refusal => words.StartsWith(refusal, StringComparison.OrdinalIgnoreCase) && (words.Length == refusal.Length || !char.IsLetterOrDigit(words[refusal.Length])));
    }
}
