using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Json;

namespace AgentScaler.Funnel;

/// <summary>
/// Whether the agent asked before what the policy says must be confirmed (<see cref="PolicyRuleKind.Confirm"/>). A call of such a tool that was not refused
/// is confirmed if the user's last message before it is no refusal (<see cref="UserRefusal"/>), and the agent's message before that asks for agreement, says
/// what is to be done (<see cref="Deeds"/>) and to what: it names the row by its key, or by the name that an earlier result shows beside that key; for a call
/// without a key it holds a value of the arguments, where there is one worth naming. One question may cover several calls, each once. Decided by the words
/// alone, so that it holds for models' episodes as for scripted ones; what is meant but said in other words is not seen.
/// </summary>
internal sealed class AgentConduct
{
    /// <summary>Shorter values (numbers, codes) turn up in ordinary sentences by chance.</summary>
    private const int ShortestValue = 2;

    private readonly Dictionary<string, PackageTool> confirmed;
    private readonly List<JsonElement> shown = [];
    private readonly HashSet<string> done = new(StringComparer.Ordinal);
    private string? question;
    private string? answer;

    private AgentConduct(EnvironmentPackage package)
    {
        var names = PolicyConduct.ConfirmedTools(package);
        confirmed = package.Tools.Where(tool => names.Contains(tool.Name)).ToDictionary(tool => tool.Name, StringComparer.Ordinal);
    }

    public static Rejection? Check(EpisodeRecord episode, EnvironmentPackage package)
    {
        var conduct = new AgentConduct(package);
        return conduct.confirmed.Count == 0 ? null : conduct.Check(episode);
    }

    private Rejection? Check(EpisodeRecord episode)
    {
        var refused = episode.Calls.Where(call => call.IsError).Select(call => call.Id).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < episode.Messages.Count; i++)
        {
            var message = episode.Messages[i];
            switch (message)
            {
                case { Role: "user" }:
                    answer = message.Content;
                    done.Clear();
                    break;
                case { Role: "tool", Content: { } result } when JsonText.Read(result) is { } value:
                    shown.Add(value);
                    break;
                case { Role: "assistant", ToolCalls: { Count: > 0 } calls }:
                    foreach (var call in calls.Where(call => !refused.Contains(call.Id)))
                    {
                        if (confirmed.TryGetValue(call.Name, out var tool) && Fault(call, tool) is { } fault)
                        {
                            return new(FunnelReasons.Unconfirmed, Attribution.Agent, $"message {i}: {call.Name} {fault}");
                        }
                    }

                    break;
                case { Role: "assistant" }:
                    question = message.Content;
                    answer = null;
                    break;
            }
        }

        return null;
    }

    private string? Fault(EpisodeToolCall call, PackageTool tool) =>
        question is null || answer is null || !AgentQuestion.AsksForAgreement(question) ? "without asking the user"
        : !Deeds.AreNamed(question, tool) || !IsNamed(question, call, tool) ? "after a question that does not say what is to be done"
        : UserRefusal.Is(answer) ? "against the user's word"
        : !done.Add(call.Name + CanonicalJson.Write(call.Arguments)) ? "once more, though the user agreed to it once"
        : null;

    private bool IsNamed(string text, EpisodeToolCall call, PackageTool tool)
    {
        if (tool.Binding.KeyParameter is { } parameter && call.Arguments.TryGetProperty(parameter, out var key) && FactText.Leaves(key).ToList() is [{ Length: > 0 } id])
        {
            return FactText.Contains(text, id) || shown.SelectMany(result => NamesBeside(result, id)).Any(name => FactText.Contains(text, name));
        }

        var values = FactText.Leaves(call.Arguments).Where(value => value.Length >= ShortestValue).ToList();
        return values.Count == 0 || values.Any(value => FactText.Contains(text, value));
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
}
