using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Materialisation.Values;
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
    private readonly StringBuilder shown = new();
    private readonly List<string> answers = [];
    private readonly Dictionary<string, string> lastPlaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> newPlaces = new(StringComparer.Ordinal);

    /// <summary>Phrases one request; requests are phrased in the order they are spoken.</summary>
    /// <returns>Null if the goal reads and shows nothing that could be asked for.</returns>
    public UserRequest? Write(PlannedRequest request)
    {
        var goal = request.Goal;
        var collection = package.Schema.Find(goal.Tool.Binding.Collection)!;
        var said = Told(request);
        newPlaces.Clear();
        IReadOnlyList<RequiredOutput> outputs = [];
        string? text;
        if (request.Condition is { } condition)
        {
            text = Choice(request, condition, collection);
        }
        else if (goal.Writes)
        {
            text = Order(request, collection);
        }
        else
        {
            (text, outputs) = Question(request, collection, $"{told} {said}");
        }

        if (text is null)
        {
            return null;
        }

        told.Append(' ').Append(said);
        foreach (var (stem, value) in newPlaces)
        {
            lastPlaces[stem] = value;
        }

        shown.Append(' ').AppendJoin(' ', request.Calls.Select(call => call.Result));
        answers.AddRange(outputs.Select(output => Plainly(output.Text)));
        return new UserRequest(text, request.FirstCall, request.Calls.Count, outputs) { Condition = request.Condition?.ToCondition() };
    }

    /// <summary>Two wishes, of which the state decides one.</summary>
    private string Choice(PlannedRequest request, PlannedCondition condition, CollectionSpec collection)
    {
        var goal = Deed(request);
        var other = Deed(request with { Calls = [.. request.Calls.SkipLast(1), condition.Otherwise] });
        var (first, second) = condition.Holds ? (goal, other) : (other, goal);
        return random.Pick(["Please check the", "Have a look at the", "First look up the"])
            + $" {Asked(condition.Property)} of {Row(request, collection)}: if it is {Quoted(JsonSerializer.SerializeToElement(condition.Value))}, {first}; otherwise {second}.";
    }

    /// <summary>What a goal does to a row named before, as an order.</summary>
    private string Deed(PlannedRequest request)
    {
        var values = Values(request);
        if (request.Goal.Tool.Binding.Kind == OperationKind.Update)
        {
            return $"set its {List(values, " to ")}";
        }

        var (verb, tail) = Transition(request.Goal.Tool);
        return $"{verb} it{tail}" + (values.Count > 0 ? $" with {List(values, " ")}" : "");
    }

    private string Order(PlannedRequest request, CollectionSpec collection)
    {
        var goal = request.Goal;
        var entity = Plain(collection.Noun);
        var values = Values(request);
        var place = Place(request);
        switch (goal.Tool.Binding.Kind)
        {
            case OperationKind.Create:
                var ways = random.Pick(["Please create a new", "I'd like to have a new", "Please set up a new"]);
                return $"{ways} {entity}{place}" + (values.Count > 0 ? $" with {List(values, " ")}." : ".");
            case OperationKind.Update:
                return random.Pick(["Please change", "I need to change", "Could you correct"]) + $" {Row(request, collection)}{place}: set {List(values, " to ")}.";
            case OperationKind.Delete:
                return random.Pick(["Please remove", "I want to get rid of", "Please delete"]) + $" {Row(request, collection)}{place}."
                    + (values.Count > 0 ? $" Use {List(values, " ")} for that." : "");
            default:
                var (verb, tail) = Transition(goal.Tool);
                return random.Pick(["Please", "I need you to", "I'd like you to"]) + $" {verb} {Row(request, collection)}{place}{tail}"
                    + (values.Count > 0 ? $", with {List(values, " ")}." : ".");
        }
    }

    /// <summary>A status tool's verb in words: the one in its name, or "mark as" its status.</summary>
    private static (string Verb, string Tail) Transition(PackageTool tool) =>
        StatusWords.In(tool.Name) is { } verb ? (verb, "") : ("mark", " as " + Plain(tool.Binding.Status!.To));

    private (string? Text, IReadOnlyList<RequiredOutput> Outputs) Question(PlannedRequest request, CollectionSpec collection, string known)
    {
        var goal = request.Goal;
        using var document = JsonDocument.Parse(goal.Result);
        var places = KnownRows.RowsOf(goal.Tool, document.RootElement).ToList();
        var rows = places.Select(row => row.Row).ToList();
        var values = Values(request);
        var place = Place(request);
        if (rows.Count == 0)
        {
            return (null, []);
        }

        var askable = Askable(known + shown);
        if (askable.Count == 0)
        {
            // The agent has seen it, the user has not been told: a question still, if a duller one.
            askable = Askable(known);
        }

        // Ids and the like are for machines: people ask for them where there is nothing else.
        var human = askable.Where(field => !IsForMachines(field)).ToList();
        var most = goal.Tool.Binding.Kind == OperationKind.Get ? random.Between(1, 2) : 1;
        var asked = new List<string>();
        foreach (var field in random.Shuffle(human.Count > 0 ? human : askable))
        {
            if (asked.Count < most && IsAnswerable([.. asked, field]))
            {
                asked.Add(field);
            }
        }

        if (asked.Count == 0)
        {
            return (null, []);
        }

        asked.Sort(StringComparer.Ordinal);
        var call = request.FirstCall + request.Calls.Count - 1;
        var outputs = places.SelectMany(row => asked.Select(field =>
            new RequiredOutput(Sayable(row.Row.GetProperty(field))!, call, row.Path.Length == 0 ? field : row.Path + "." + field))).ToList();
        var what = string.Join(" and the ", asked.Select(Asked));
        if (goal.Tool.Binding.Kind == OperationKind.Get)
        {
            return (random.Pick(["What is the", "Can you tell me the", "I'd like to know the"]) is var start && start[0] == 'I'
                ? $"{start} {what} of {Row(request, collection)}{place}{Bracketed(values)}."
                : $"{start} {what} of {Row(request, collection)}{place}{Bracketed(values)}?", outputs);
        }

        var many = Plain(collection.Name);
        var filter = values.Count > 0 ? " with " + List(values, " ") : "";
        return (random.Pick([$"Which {many}{place}{filter} are there?", $"Please look up the {many}{place}{filter}."])
            + (rows.Count == 1 ? $" I need the {what}." : $" I need the {what} of each, the first {rows.Count.ToString(CultureInfo.InvariantCulture)} will do."), outputs);

        // An answer that another answer says already, or holds as a piece, could be left out unnoticed.
        bool IsAnswerable(IReadOnlyList<string> fields)
        {
            var texts = rows.SelectMany(row => fields.Select(field => Plainly(Sayable(row.GetProperty(field))!))).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            return texts.Index().All(text => answers.Concat(texts.Take(text.Index)).All(other =>
                !other.Contains(text.Item, StringComparison.OrdinalIgnoreCase) && !text.Item.Contains(other, StringComparison.OrdinalIgnoreCase)));
        }

        List<string> Askable(string said) =>
        [
            .. goal.Tool.Binding.ResultFields.Where(field => IsWorthAsking(collection, field.Value) && rows.All(row =>
                row.TryGetProperty(field.Key, out var value) && Sayable(value) is { } text && !said.Contains(text, StringComparison.OrdinalIgnoreCase))).Select(field => field.Key),
        ];
    }

    /// <summary>Whether somebody might want to know a field: not a key if there is more, and not what is the same for every row.</summary>
    private static bool IsWorthAsking(CollectionSpec collection, string name) =>
        !name.Contains('.', StringComparison.Ordinal) && (name != collection.Key || collection.Fields.Count < 4)
        && FieldSchemas.EnumOf(collection.Fields.First(field => field.Name == name).Type).Count != 1;

    private static bool IsForMachines(string field) => field.StartsWith('@') || Paging.RoleOf(field) != Paging.Role.None || Words.Tokens(field) is ["total", "pages" or "size" or "count"] || Words.Tokens(field) is not { Count: > 0 } tokens
        || tokens[^1] is "id" or "sid" or "uuid" or "uid" or "guid" or "etag" or "hash" or "sha" or "sha256" or "token" or "digest" or "signature" or "cursor" or "url" or "uri" or "link" or "href" or "kind" or "key" or "version";

    /// <summary>What people call a field when they ask for it.</summary>
    private static string Asked(string field) => Words.Tokens(field).ToArray() switch
    {
        ["created"] or ["created", "at" or "on"] or ["creation", "timestamp" or "time"] => "creation date",
        ["updated" or "modified"] or ["updated" or "modified", "at" or "on"] or ["last", "modified" or "updated", ..] => "date of the last change",
        [.. var what, "at" or "on"] when what.Length > 0 => string.Join(' ', what) + " date",
        _ => Plain(field),
    };

    /// <summary>How the user names the row that the goal works on.</summary>
    private string Row(PlannedRequest request, CollectionSpec collection)
    {
        var goal = request.Goal;
        var index = goal.Arguments.ToList().FindIndex(argument => argument.Parameter == goal.Tool.Binding.KeyParameter);
        return index < 0 ? "the " + Plain(collection.Noun) : Named(request, goal.Arguments[index], goal.Origins[index], collection);
    }

    private string Named(PlannedRequest request, SampledArgument argument, ArgumentOrigin origin, CollectionSpec collection)
    {
        var entity = Plain(collection.Noun);
        if (origin.Kind == OriginKind.User)
        {
            return $"the {entity} {Say(argument.Value)}";
        }

        if (origin.Step >= request.FirstCall)
        {
            var lookup = request.Calls[origin.Step!.Value - request.FirstCall];
            if (lookup.Arguments.FirstOrDefault(other => other.Role is ArgumentRole.Query or ArgumentRole.Filter) is not { } by)
            {
                // Without a label in the listing nothing but the key names the row; the task's audit then drops what gives away too much.
                return LabelAt(lookup, origin.Path!, collection) is { } label ? $"the {entity} \"{label}\"" : $"the {entity} {Say(argument.Value)}";
            }

            var isLabel = by.Role == ArgumentRole.Query || lookup.Tool.Binding.Fields.GetValueOrDefault(by.Parameter) == collection.Label;
            return isLabel ? $"the {entity} \"{Say(by.Value)}\"" : $"the {entity} whose {Stem(by.Parameter)} is {Quoted(by.Value)}";
        }

        return $"that {entity}";
    }

    /// <summary>The label beside a key in a lookup's result, or null if the result shows none.</summary>
    private static string? LabelAt(PlannedCall lookup, string path, CollectionSpec collection)
    {
        if (lookup.Tool.Binding.ResultFields.FirstOrDefault(field => field.Value == collection.Label).Key is not { } shown)
        {
            return null;
        }

        using var result = JsonDocument.Parse(lookup.Result);
        var row = KnownRows.RowsOf(lookup.Tool, result.RootElement, int.MaxValue).First(row => path.StartsWith(row.Path.Length == 0 ? "" : row.Path + ".", StringComparison.Ordinal)).Row;
        return row.TryGetProperty(shown, out var label) && label.ValueKind == JsonValueKind.String ? label.GetString() : null;
    }

    /// <summary>The values the user states, by name; rows that the goal refers to among them.</summary>
    private List<(string? Name, string Value)> Values(PlannedRequest request)
    {
        var goal = request.Goal;
        var values = new List<(string?, string)>();
        for (var i = 0; i < goal.Arguments.Count; i++)
        {
            var argument = goal.Arguments[i];
            if (argument.Parameter == goal.Tool.Binding.KeyParameter || IsPlace(goal, argument) || !IsSaid(argument, goal.Origins[i]) || IsEmpty(argument.Value))
            {
                continue;
            }

            if (argument.Collection is not { } target)
            {
                values.Add((IsId(argument.Parameter) ? Stem(argument.Parameter) : Plain(argument.Parameter), Quoted(argument.Value)));
            }
            else if (goal.Tool.Binding.Kind is OperationKind.Update or OperationKind.Status)
            {
                values.Add((Stem(argument.Parameter), Named(request, argument, goal.Origins[i], package.Schema.Find(target)!)));
            }
            else
            {
                values.Add((null, Named(request, argument, goal.Origins[i], package.Schema.Find(target)!) + Role(argument.Parameter, target)));
            }
        }

        return values;
    }

    /// <summary>Whether the user speaks of an argument: not of a constant, nor of a mere value that the agent has from a result.</summary>
    private static bool IsSaid(SampledArgument argument, ArgumentOrigin origin) => origin.Kind == OriginKind.User || (origin.Step is not null && argument.Collection is not null);

    /// <summary>Whether a value says nothing: an empty text, list or object.</summary>
    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()),
        JsonValueKind.Array => value.EnumerateArray().All(IsEmpty),
        JsonValueKind.Object => value.EnumerateObject().All(property => IsEmpty(property.Value)),
        JsonValueKind.Null => true,
        _ => false,
    };

    /// <summary>Where the row belongs, as the path has it: " of the shelf ...".</summary>
    private string Place(PlannedRequest request)
    {
        var goal = request.Goal;
        var places = new StringBuilder();
        var again = false;
        foreach (var (argument, origin) in goal.Arguments.Zip(goal.Origins).Where(pair => IsSaid(pair.First, pair.Second) && IsPlace(goal, pair.First))
            .OrderByDescending(pair => FieldOf(goal, pair.First) is { } field ? Owners.DepthOf(field.Type) ?? -1 : -1))
        {
            var stem = Stem(FieldOf(goal, argument)?.Name ?? argument.Parameter);
            if (argument.Collection is { } target)
            {
                places.Append(" of ").Append(Named(request, argument, origin, package.Schema.Find(target)!)).Append(Role(argument.Parameter, target));
            }
            else if ((newPlaces.GetValueOrDefault(stem) ?? lastPlaces.GetValueOrDefault(stem)) != Say(argument.Value))
            {
                places.Append(again ? ", " : " ").Append(CultureInfo.InvariantCulture, $"of the {stem} {Quoted(argument.Value)}");
                newPlaces[stem] = Say(argument.Value);
            }
            else if (!again)
            {
                // What was said before need not be said again: the innermost stands for all above it.
                places.Append(" of the same ").Append(stem);
                again = true;
            }
        }

        return places.ToString();
    }

    /// <summary>Whether an argument says where rows belong: what the path has above them, or what a listing is of.</summary>
    private bool IsPlace(PlannedCall goal, SampledArgument argument) => goal.Tool.Binding.Owners.ContainsKey(argument.Parameter)
        || (argument.Collection is not null && goal.Tool.Binding.Kind is OperationKind.List or OperationKind.Search)
        || (FieldOf(goal, argument) is { } field && Owners.DepthOf(field.Type) is not null);

    /// <summary>The field that an argument's value is of; null if it is of none.</summary>
    private FieldSpec? FieldOf(PlannedCall goal, SampledArgument argument) =>
        (goal.Tool.Binding.Owners.GetValueOrDefault(argument.Parameter) ?? goal.Tool.Binding.Fields.GetValueOrDefault(argument.Parameter)) is { } name
            ? package.Schema.Find(goal.Tool.Binding.Collection)!.Fields.First(field => field.Name == name)
            : null;

    private static string List(List<(string? Name, string Value)> values, string between) =>
        string.Join("; ", values.Select(value => value.Name is null ? value.Value : value.Name + between + value.Value));

    private static string Bracketed(List<(string? Name, string Value)> values) => values.Count == 0 ? "" : $" ({List(values, " ")})";

    /// <summary>What the value of a parameter names: <c>resourceGroupName</c> a resource group, <c>client_scope_id1</c> a client scope.</summary>
    private static string Stem(string parameter)
    {
        var words = Words.Tokens(parameter).ToList();
        while (words.Count > 1 && words[^1].All(char.IsAsciiDigit))
        {
            words.RemoveAt(words.Count - 1);
        }

        return Words.Spoken(string.Join('_', words.Count > 1 && words[^1] is "id" or "sid" or "uuid" or "name" ? words.SkipLast(1) : words));
    }

    private static bool IsId(string parameter) => Words.Tokens(parameter) is { Count: > 1 } words && words[^1] is "id" or "sid" or "uuid";

    /// <summary>Says which part a referenced row plays where the parameter is not simply named after it (<c>approver_id</c>).</summary>
    private string Role(string parameter, string target)
    {
        var stem = Stem(parameter);
        var collection = package.Schema.Find(target)!;
        return stem == Plain(collection.Entity) || stem == Plain(collection.Key) || collection.Entity.EndsWith(stem.Replace(' ', '_'), StringComparison.Ordinal) ? "" : $" as the {stem}";
    }

    /// <summary>All the user says for a request, apart from what is asked.</summary>
    private string Told(PlannedRequest request) => string.Join(' ', request.Calls
        .SelectMany(call => call.Arguments.Zip(call.Origins).Where(pair => pair.Second.Kind == OriginKind.User).Select(pair => Say(pair.First.Value)))
        .Concat(request.Goal.Arguments.Zip(request.Goal.Origins).Where(pair => pair.First.Collection is not null && pair.Second.Step is not null)
            .Select(pair => Named(request, pair.First, pair.Second, package.Schema.Find(pair.First.Collection!)!))));

    /// <summary>A value as one could say it, or null for what nobody says in a sentence.</summary>
    private static string? Sayable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 1 and < 120 } text && !text.Contains('\n', StringComparison.Ordinal) => text,
        JsonValueKind.Number when value.GetRawText() is { Length: > 1 } text => text,
        _ => null,
    };

    /// <summary>An answer without what the funnel overlooks.</summary>
    private static string Plainly(string text) => text.Replace(",", string.Empty, StringComparison.Ordinal);

    /// <summary>A value in a sentence: text as it is, lists by commas, objects as name and value.</summary>
    private static string Say(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Say)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(property => $"{Plain(property.Name)} {Say(property.Value)}")),
        _ => value.GetRawText(),
    };

    /// <summary>A value in a sentence, text of several words in quotation marks.</summary>
    private static string Quoted(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.AsSpan().IndexOfAny(' ', ';', ':') >= 0 && !value.GetString()!.Contains('"', StringComparison.Ordinal)
            ? $"\"{value.GetString()}\"" : Say(value);

    private static string Plain(string name) => Words.Spoken(name);
}
