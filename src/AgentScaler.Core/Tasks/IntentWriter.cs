using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Tasks;

/// <summary>
/// Phrases the user's requests from an executed walk (paper: the intent is written from the executed sequence): what the user knows and
/// wants, never tool names, never values the agent must look up.
/// </summary>
internal sealed class IntentWriter(EnvironmentPackage package, Seed seed)
{
    private readonly SeededRandom random = seed.Random();
    private readonly StringBuilder told = new();

    /// <summary>Phrases one request; requests are phrased in the order they are spoken.</summary>
    /// <returns>Null if the goal reads and shows nothing that could be asked for.</returns>
    public UserRequest? Write(PlannedRequest request)
    {
        var goal = request.Goal;
        var collection = package.Schema.Find(goal.Tool.Binding.Collection)!;
        told.Append(' ').Append(Told(request));
        IReadOnlyList<string> outputs = [];
        string? text;
        if (goal.Writes)
        {
            text = Order(request, collection);
        }
        else
        {
            (text, outputs) = Question(request, collection);
        }

        return text is null ? null : new UserRequest(text, request.FirstCall, request.Calls.Count, outputs);
    }

    private string Order(PlannedRequest request, CollectionSpec collection)
    {
        var goal = request.Goal;
        var entity = Plain(collection.Entity);
        var details = Details(request);
        switch (goal.Tool.Binding.Kind)
        {
            case OperationKind.Create:
                return random.Pick(["Please create a new", "I'd like to have a new", "Can you set up a"]) + $" {entity}" + (details.Length > 0 ? $" with {details}." : ".");
            case OperationKind.Update:
                return random.Pick(["Please change", "I need to change", "Could you correct"]) + $" {Row(request, collection)}: set {details}.";
            case OperationKind.Delete:
                return random.Pick(["Please remove", "I want to get rid of", "Could you delete"]) + $" {Row(request, collection)}."
                    + (details.Length > 0 ? $" It has {details}." : "");
            default:
                var verb = Plain(goal.Tool.Name).Split(' ') is var words && words.Length > 1 && words[0] is "check" ? words[0] + " " + words[1] : words[0];
                return random.Pick(["Please", "I need you to", "Could you"]) + $" {verb} {Row(request, collection)}"
                    + (details.Length > 0 ? $", with {details}." : ".");
        }
    }

    private (string? Text, IReadOnlyList<string> Outputs) Question(PlannedRequest request, CollectionSpec collection)
    {
        var goal = request.Goal;
        using var document = JsonDocument.Parse(goal.Result);
        var rows = KnownRows.RowsOf(goal.Tool, document.RootElement).Select(row => row.Row).ToList();
        var details = Details(request);
        if (rows.Count == 0)
        {
            return (null, []);
        }

        var known = told.ToString();
        var askable = goal.Tool.Binding.ResultFields
            .Where(field => rows.All(row => row.TryGetProperty(field.Key, out var value) && Sayable(value) is { } text && !known.Contains(text, StringComparison.OrdinalIgnoreCase)))
            .Select(field => field.Key).ToList();
        if (askable.Count == 0)
        {
            return (null, []);
        }

        var asked = random.Shuffle(askable).Take(goal.Tool.Binding.Kind == OperationKind.Get ? random.Between(1, 2) : 1).Order(StringComparer.Ordinal).ToList();
        var outputs = rows.SelectMany(row => asked.Select(field => Sayable(row.GetProperty(field))!)).Distinct(StringComparer.Ordinal).ToList();
        var what = string.Join(" and the ", asked.Select(Plain));
        if (goal.Tool.Binding.Kind == OperationKind.Get)
        {
            return (random.Pick(["What is the", "Can you tell me the", "I'd like to know the"]) + $" {what} of {Row(request, collection)}"
                + (details.Length > 0 ? $" ({details})" : "") + "?", outputs);
        }

        var many = Plain(collection.Name);
        return (random.Pick([$"Which {many} are there", $"Can you look up which {many} there are"]) + (details.Length > 0 ? $" with {details}" : "")
            + (rows.Count == 1 ? $"? I need the {what}." : $"? I need the {what} of each, the first {rows.Count.ToString(CultureInfo.InvariantCulture)} will do."), outputs);
    }

    /// <summary>How the user names the row that the goal works on.</summary>
    private string Row(PlannedRequest request, CollectionSpec collection)
    {
        var goal = request.Goal;
        var index = goal.Arguments.ToList().FindIndex(argument => argument.Parameter == goal.Tool.Binding.KeyParameter);
        return index < 0 ? "the " + Plain(collection.Entity) : Named(request, goal.Arguments[index], goal.Origins[index], collection);
    }

    private string Named(PlannedRequest request, SampledArgument argument, ArgumentOrigin origin, CollectionSpec collection)
    {
        var entity = Plain(collection.Entity);
        if (origin.Kind == OriginKind.User)
        {
            return $"the {entity} with the {Plain(collection.Key)} {Say(argument.Value)}";
        }

        if (origin.Step >= request.FirstCall)
        {
            var lookup = request.Calls[origin.Step!.Value - request.FirstCall];
            var by = lookup.Arguments[0];
            var isLabel = by.Role == ArgumentRole.Query || lookup.Tool.Binding.Fields.GetValueOrDefault(by.Parameter) == collection.Label;
            return isLabel ? $"the {entity} \"{Say(by.Value)}\"" : $"the {entity} whose {Plain(by.Parameter)} is {Say(by.Value)}";
        }

        return $"that {entity}";
    }

    /// <summary>The values the user states, in words.</summary>
    private string Details(PlannedRequest request)
    {
        var goal = request.Goal;
        var parts = new List<string>();
        for (var i = 0; i < goal.Arguments.Count; i++)
        {
            var argument = goal.Arguments[i];
            if (argument.Parameter == goal.Tool.Binding.KeyParameter)
            {
                continue;
            }

            parts.Add(argument.Collection is { } target
                ? Named(request, argument, goal.Origins[i], package.Schema.Find(target)!) + Role(argument.Parameter, target)
                : $"{Plain(argument.Parameter)}: {Say(argument.Value)}");
        }

        return string.Join("; ", parts);
    }

    /// <summary>Says which part a referenced row plays where the parameter is not simply named after it (<c>approver_id</c>).</summary>
    private string Role(string parameter, string target)
    {
        var words = Words.Tokens(parameter);
        var entity = Words.Tokens(package.Schema.Find(target)!.Entity);
        return words.SkipLast(1).SequenceEqual(entity) ? "" : $" as the {string.Join(' ', words.SkipLast(1))}";
    }

    /// <summary>All the user says for a request, apart from what is asked.</summary>
    private static string Told(PlannedRequest request) => string.Join(' ', request.Calls
        .SelectMany(call => call.Arguments.Zip(call.Origins).Where(pair => pair.Second.Kind == OriginKind.User).Select(pair => Say(pair.First.Value))));

    /// <summary>A value as one could say it, or null for what nobody says in a sentence.</summary>
    private static string? Sayable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 1 and < 120 } text && !text.Contains('\n', StringComparison.Ordinal) => text,
        JsonValueKind.Number when value.GetRawText() is { Length: > 1 } text => text,
        _ => null,
    };

    /// <summary>A value in a sentence: text as it is, lists by commas, objects as name and value.</summary>
    private static string Say(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Say)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(property => $"{Plain(property.Name)} {Say(property.Value)}")),
        _ => value.GetRawText(),
    };

    private static string Plain(string name) => string.Join(' ', Words.Tokens(name));
}
