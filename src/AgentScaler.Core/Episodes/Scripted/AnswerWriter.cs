using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks;
using AgentScaler.Tools;

namespace AgentScaler.Episodes.Scripted;

/// <summary>Words the agent's answers from what it did and really received.</summary>
internal sealed class AnswerWriter(EnvironmentPackage package, SeededRandom random)
{
    private readonly Dictionary<string, PackageTool> tools = package.Tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    /// <summary>Whether a tool writes.</summary>
    public bool Writes(string tool) => tools.TryGetValue(tool, out var found) && found.Writes;

    /// <summary>Asks for consent before calls, naming the row each is about.</summary>
    public string Ask(IReadOnlyList<(ScriptedCall Call, SortedDictionary<string, JsonElement> Arguments)> calls, ActualResults results) =>
        $"I am about to {Listed([.. calls.Select(call => Infinitive(call.Call.Tool, Target(call.Call.Tool, call.Arguments, results)))])}. {random.Pick(Phrases.Questions)}";

    private static string Listed(IReadOnlyList<string> deeds) => deeds.Count == 1 ? deeds[0] : $"{string.Join(", ", deeds.Take(deeds.Count - 1))} and {deeds[^1]}";

    /// <summary>How the row is called that a call is about, with a space before it: its label where a result showed it, and its key.</summary>
    private string Target(string tool, SortedDictionary<string, JsonElement> arguments, ActualResults results)
    {
        if (tools[tool].Binding.KeyParameter is not { } parameter || !arguments.TryGetValue(parameter, out var key))
        {
            return Joining(tools[tool].Binding, name => arguments.TryGetValue(name, out var value) ? value : null);
        }

        var text = ScriptWriter.Text(key);
        var label = package.Schema.Find(tools[tool].Binding.Collection)?.Label is { } field ? results.Beside(text, field) : null;
        return label is not null && label != text ? $" \"{label}\" ({text})" : " " + text;
    }

    /// <summary>Answers a request.</summary>
    /// <param name="made">The calls made for it.</param>
    /// <param name="unreachable">The calls that could not be made because something they need was not found.</param>
    public string Answer(ScriptedRequest request, IReadOnlyList<ScriptedCall> made, IReadOnlyList<ScriptedCall> unreachable, ActualResults results)
    {
        var sentences = new List<string>();
        var facts = request.Facts.Select(fact => Fact(fact, made, results)).ToList();
        var found = facts.Where(fact => fact.Value is not null).ToList();
        if (found.Count > 0)
        {
            var told = random.Pick(Phrases.FactOpeners)
                + string.Join("; ", found.GroupBy(fact => fact.Name, StringComparer.Ordinal).Select(group => Told(group.Key, [.. group])));
            sentences.Add(told.EndsWith('.') ? told : told + ".");
        }

        sentences.AddRange(facts.Where(fact => fact.Value is null)
            .Select(fact => $"I am sorry, I could not find the {fact.Name}.").Distinct(StringComparer.Ordinal));
        sentences.AddRange(made.Where(call => Writes(call.Tool) && call.GoldCall is not null && results.Has(call.Slot))
            .Select(call => $"I have {Participle(call, results)}."));
        sentences.AddRange(made.Where(call => call.GoldCall is not null && results.Error(call.Slot) is not null).DistinctBy(call => call.Slot)
            .Select(call => $"I am sorry, I could not {Infinitive(call.Tool)}: {results.Error(call.Slot)!.TrimEnd('.')}."));
        sentences.AddRange(unreachable
            .Select(call => $"I could not {Infinitive(call.Tool)}, because what it needs was not found.").Distinct(StringComparer.Ordinal));
        if (sentences.Count == 0)
        {
            sentences.Add(random.Pick(Phrases.Done));
        }

        var closing = random.Pick(Phrases.Closings);
        if (request.Closings > 1)
        {
            sentences.AddRange(Enumerable.Repeat(closing, request.Closings));
        }
        else if (random.Chance(0.4))
        {
            sentences.Add(closing);
        }

        return string.Join(' ', sentences);
    }

    /// <summary>One field of one or several rows; each value is said once, with the rows that have it.</summary>
    private static string Told(string name, IReadOnlyList<(string Subject, string Name, string? Value)> facts) => facts.Count == 1
        ? $"{Clause(name)} {facts[0].Value}"
        : name + ": " + string.Join(", ", facts.GroupBy(fact => fact.Value, StringComparer.Ordinal).Select(group =>
            string.Join(", ", group.Select(fact => fact.Subject).Where(subject => subject.Length > 0).Distinct(StringComparer.Ordinal)) is { Length: > 0 } subjects
                ? $"{group.Key} ({subjects})"
                : group.Key));

    /// <summary>What comes before a value: "the phone is", but "it was updated at" and "it starts on".</summary>
    private static string Clause(string name) => name.Split(' ') switch
    {
        [var word, "at" or "on"] when word is [.., 'e', 'd'] or "sent" or "paid" or "seen" or "built" or "made" or "read" => $"it was {name}",
        ["last", var word, "at" or "on"] when word is [.., 'e', 'd'] or "seen" => $"it was {name}",
        [var word, "at" or "on"] when word is "starts" or "ends" or "expires" or "begins" or "closes" or "opens" => $"it {name}",
        ["created" or "updated" or "modified"] => $"it was {name}",
        [.. var what, "at" or "on"] when what.Length > 0 => $"the {string.Join(' ', what)} time is",
        _ => $"the {name} {(IsPlural(name) ? "are" : "is")}",
    };

    private static bool IsPlural(string name) => name[(name.LastIndexOf(' ') + 1)..] is var last && last != Words.Singular(last);

    private (string Subject, string Name, string? Value) Fact(FactSource fact, IReadOnlyList<ScriptedCall> made, ActualResults results)
    {
        var names = ResultPath.Segments(fact.Path);
        var name = Humanise(names.LastOrDefault(part => !part.All(char.IsAsciiDigit) && part != ResultPath.Length) ?? "result");
        if (names is [.., ResultPath.Length])
        {
            name = "number of " + name;
        }

        var subject = string.Empty;
        var tool = made.FirstOrDefault(call => call.Slot == fact.Slot)?.Tool;
        if (names.Length > 1 && tool is not null && results.Find(fact.Slot, string.Join('.', names[..^1])) is { ValueKind: JsonValueKind.Object } row)
        {
            var label = Label(tools[tool], row);
            subject = label is not null && label.Value.Field != names[^1] ? label.Value.Text : string.Empty;
        }

        return (subject, name, results.Find(fact.Slot, fact.Path) is { } value ? ScriptWriter.Text(value) : null);
    }

    private string Infinitive(string tool, string name = "")
    {
        var (binding, entity) = Binding(tool);
        return binding.Kind switch
        {
            OperationKind.Get => $"look up the {entity}",
            OperationKind.List or OperationKind.Search => $"look through the {Humanise(binding.Collection)}",
            OperationKind.Create => $"add the new {entity}",
            OperationKind.Update => $"update the {entity}{name}",
            OperationKind.Delete => $"remove the {entity}{name}",
            OperationKind.Status => $"set {Status(binding, entity, name)}",
            _ => name.Length == 0 ? $"complete the step \"{Humanise(tool)}\"" : $"complete the step \"{Humanise(tool)}\" for{name}",
        };
    }

    private string Participle(ScriptedCall call, ActualResults results)
    {
        var (binding, entity) = Binding(call.Tool);
        var name = Name(call, binding, results);
        return binding.Kind switch
        {
            OperationKind.Create => $"added the new {entity}{name}",
            OperationKind.Update => $"updated the {entity}{name}",
            OperationKind.Delete => $"removed the {entity}{name}",
            OperationKind.Status => $"set {Status(binding, entity, name)}",
            _ => $"completed the step \"{Humanise(call.Tool)}\"",
        };
    }

    /// <summary>How the written row is called, with a space before it: its label or key in the result, else the key it was called with; nothing if there is neither.</summary>
    private string Name(ScriptedCall call, ToolBinding binding, ActualResults results) =>
        binding.ResultPath is { } path && results.Find(call.Slot, path) is { ValueKind: JsonValueKind.Object } row
        && Label(tools[call.Tool], row) is { } label
            ? " " + label.Text
            : call.Arguments.FirstOrDefault(argument => argument.Name == binding.KeyParameter) is { } key ? " " + ScriptWriter.Text(key.Value)
            : Joining(binding, name => call.Arguments.FirstOrDefault(argument => argument.Name == name)?.Value);

    /// <summary>What a link joins, with a space before it; nothing for what is no link.</summary>
    private static string Joining(ToolBinding binding, Func<string, JsonElement?> argument) =>
        binding is { Kind: OperationKind.Delete, KeyParameter: null, Owners.Count: > 1 }
            ? " that joins " + string.Join(" and ", binding.Owners.Keys.Select(argument).OfType<JsonElement>().Select(ScriptWriter.Text))
            : string.Empty;

    private (string Field, string Text)? Label(PackageTool tool, JsonElement row)
    {
        if (package.Schema.Find(tool.Binding.Collection) is not { } collection)
        {
            return null;
        }

        return Shown(collection.Label) ?? Shown(collection.Key);

        (string, string)? Shown(string? field)
        {
            if (field is null)
            {
                return null;
            }

            var shown = tool.Binding.ResultFields.FirstOrDefault(pair => pair.Value == field).Key ?? field;
            return row.TryGetProperty(shown, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number && ScriptWriter.Text(value).Length > 0
                ? (shown, ScriptWriter.Text(value))
                : null;
        }
    }

    private (ToolBinding Binding, string Entity) Binding(string tool)
    {
        var binding = tools[tool].Binding;
        return (binding, Humanise(package.Schema.Find(binding.Collection)?.Noun ?? binding.Collection));
    }

    private static string Status(ToolBinding binding, string entity, string name) =>
        $"the {Humanise(binding.Status?.Field ?? "status")} of the {entity}{name} to {Humanise(binding.Status?.To ?? "the new value")}";

    private static string Humanise(string name) => Words.Spoken(name) is { Length: > 0 } words ? words : name;
}
