using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Abstention;
using AgentScaler.Tasks.Wording;
using AgentScaler.Tools;

namespace AgentScaler.Episodes.Scripted;

/// <summary>Words the agent's answers from what it did and really received.</summary>
internal sealed class AnswerWriter(EnvironmentPackage package, RequestManner? manner, SeededRandom random)
{
    private readonly AnswerSentences sentences = AnswerSentences.Of(manner);
    private readonly Phrases phrases = Phrases.Of(manner);
    private readonly Dictionary<string, PackageTool> tools = package.Tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    /// <summary>Whether a tool writes.</summary>
    public bool Writes(string tool) => tools.TryGetValue(tool, out var found) && found.Writes;

    /// <summary>The set phrases.</summary>
    public Phrases Phrases => phrases;

    /// <summary>Asks for consent before calls, naming the row each is about.</summary>
    public string Ask(IReadOnlyList<(ScriptedCall Call, SortedDictionary<string, JsonElement> Arguments)> calls, ActualResults results) =>
        sentences.About([.. calls.Select(call => Deed(call.Call.Tool, Target(call.Call.Tool, call.Arguments, results)))]) + sentences.Gap + random.Pick(phrases.Questions);

    /// <summary>Asks for a fact that the user left out.</summary>
    public string AskFor(WithheldFact fact) => random.Pick(sentences.AskFor(fact.Name));

    /// <summary>What a call is about to do or did, for reasoning.</summary>
    public string Deed(string tool) => Deed(tool, "");

    /// <summary>How the row is called that a call is about, with a space before it: its label where a result showed it, and its key.</summary>
    private string Target(string tool, SortedDictionary<string, JsonElement> arguments, ActualResults results)
    {
        if (tools[tool].Binding.KeyParameter is not { } parameter || !arguments.TryGetValue(parameter, out var key))
        {
            return Joining(tools[tool].Binding, name => arguments.TryGetValue(name, out var value) ? value : null);
        }

        var text = ScriptWriter.Text(key);
        var label = package.Schema.Find(tools[tool].Binding.Collection)?.Label is { } field ? results.Beside(text, field) : null;
        return label is not null && label != text ? sentences.Labelled(label, text) : " " + text;
    }

    /// <summary>Answers a request.</summary>
    /// <param name="made">The calls made for it.</param>
    /// <param name="unreachable">The calls that could not be made because something they need was not found.</param>
    public string Answer(ScriptedRequest request, IReadOnlyList<ScriptedCall> made, IReadOnlyList<ScriptedCall> unreachable, ActualResults results)
    {
        var said = new List<string>();
        var facts = request.Facts.Select(fact => Fact(fact, made, results)).ToList();
        var found = facts.Where(fact => fact.Value is not null).ToList();
        if (found.Count > 0)
        {
            said.Add(sentences.Sentence(random.Pick(phrases.FactOpeners), [.. found.GroupBy(fact => fact.Name, StringComparer.Ordinal).Select(group => Told(group.Key, [.. group]))]));
        }

        // Of what failed the user hears by its deed; what fails for one reason is said in one sentence, or many would make the message repetitive.
        var missing = request.Facts.Zip(facts).Where(fact => fact.Second.Value is null && results.Error(fact.First.Slot) is null).Select(fact => fact.Second.Name).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            said.Add(sentences.NotFound(missing));
        }

        said.AddRange(Done(made.Where(call => Writes(call.Tool) && call.GoldCall is not null && results.Has(call.Slot)), results));
        said.AddRange(made.Where(call => call.GoldCall is not null && results.Error(call.Slot) is not null).DistinctBy(call => call.Slot)
            .GroupBy(call => results.ErrorCode(call.Slot) == ToolFaultErrors.CodeOf(ToolFaultKind.OutOfService) ? sentences.OutOfService : results.Error(call.Slot)!, StringComparer.Ordinal)
            .Select((failed, i) => sentences.Failed([.. failed.Select(call => Deed(call.Tool)).Distinct(StringComparer.Ordinal)], failed.Key, isMore: i > 0 || missing.Count > 0)));
        if (unreachable.Count > 0)
        {
            said.Add(sentences.Unreachable([.. unreachable.Select(call => Deed(call.Tool)).Distinct(StringComparer.Ordinal)]));
        }

        if (request is { Abstention: { } abstention, IsSilent: false } && Declined(abstention, results) is { } declined)
        {
            said.Add(request.HandsOver ? declined + sentences.Gap + sentences.HandOver : declined);
        }

        if (said.Count == 0)
        {
            said.Add(random.Pick(phrases.Done));
        }

        var closing = random.Pick(phrases.Closings);
        if (request.Closings > 1)
        {
            said.AddRange(Enumerable.Repeat(closing, request.Closings));
        }
        else if (!request.HandsOver && random.Chance(0.4))
        {
            said.Add(closing);
        }

        return string.Join(sentences.Gap, said);
    }

    /// <summary>What the agent says to what it must not do; null for a request that is served after all.</summary>
    private string? Declined(RequestAbstention abstention, ActualResults results) => abstention switch
    {
        { Kind: AbstentionKind.NoTool, Deed: { } deed } => sentences.Refuse(deed, null),
        { Kind: AbstentionKind.AgainstPolicy, Tempting: { } forbidden } => sentences.Refuse(Deed(forbidden.Tool, Target(forbidden.Tool, new SortedDictionary<string, JsonElement>(
            forbidden.Arguments.EnumerateObject().ToDictionary(argument => argument.Name, argument => argument.Value), StringComparer.Ordinal), results)), abstention.Rule),
        { Kind: AbstentionKind.MissingRefused, Tempting: { } guess, Withheld: { } withheld } => sentences.LeaveIt(Deed(guess.Tool), withheld.Name),
        _ => null,
    };

    /// <summary>One field of one or several rows; each value is said once, with the rows that have it.</summary>
    private string Told(string name, IReadOnlyList<(string Subject, string Name, string? Value)> facts) => facts.Count == 1
        ? sentences.Fact(name, facts[0].Value)
        : sentences.Facts(name, facts.GroupBy(fact => fact.Value, StringComparer.Ordinal).Select(group =>
            (group.Key, (IReadOnlyList<string>)[.. group.Select(fact => fact.Subject).Where(subject => subject.Length > 0).Distinct(StringComparer.Ordinal)])));

    private (string Subject, string Name, string? Value) Fact(FactSource fact, IReadOnlyList<ScriptedCall> made, ActualResults results)
    {
        var names = ResultPath.Segments(fact.Path);
        var name = Humanise(names.LastOrDefault(part => !part.All(char.IsAsciiDigit) && part != ResultPath.Length) ?? "result");
        if (names is [.., ResultPath.Length])
        {
            name = sentences.NumberOf(name);
        }

        var subject = string.Empty;
        var tool = made.FirstOrDefault(call => call.Slot == fact.Slot)?.Tool;
        if (names.Length > 1 && tool is not null && results.Find(fact.Slot, string.Join('.', names[..^1])) is { ValueKind: JsonValueKind.Object } row)
        {
            var label = Label(tools[tool], row);
            subject = label is not null && label.Value.Field != names[^1] ? label.Value.Text : string.Empty;
        }

        var told = results.Find(fact.Slot, fact.Path) is { } value ? ScriptWriter.Text(value) : null;
        return (told is not null && Humanise(told) == Humanise(subject) ? string.Empty : subject, name, told);
    }

    private string Deed(string tool, string name)
    {
        var (binding, entity) = Binding(tool);
        return sentences.Deed(binding, tool, entity, name);
    }

    /// <summary>What was done, a sentence for each kind of deed and of thing.</summary>
    private IEnumerable<string> Done(IEnumerable<ScriptedCall> calls, ActualResults results) => calls
        .Select(call => (call.Tool, Of: Binding(call.Tool), Name: Name(call, tools[call.Tool].Binding, results)))
        .GroupBy(done => (done.Of.Binding.Kind, done.Of.Entity, done.Of.Binding.Status?.Field, Tool: done.Of.Binding.Kind == OperationKind.Other ? done.Tool : null))
        .Select(group => sentences.Done(group.First().Of.Binding, group.First().Tool, group.Key.Entity, [.. group.Select(done => (done.Name, Humanise(done.Of.Binding.Status?.To ?? "")))]));

    /// <summary>How the written row is called, with a space before it: its label or key in the result, else the key it was called with; nothing if there is neither.</summary>
    private string Name(ScriptedCall call, ToolBinding binding, ActualResults results) =>
        binding.ResultPath is { } path && results.Find(call.Slot, path) is { ValueKind: JsonValueKind.Object } row
        && Label(tools[call.Tool], row) is { } label
            ? IsSentence(label.Text) ? sentences.Quoted(label.Text.TrimEnd('.')) : " " + label.Text
            : call.Arguments.FirstOrDefault(argument => argument.Name == binding.KeyParameter) is { } key ? " " + ScriptWriter.Text(key.Value)
            : Joining(binding, name => call.Arguments.FirstOrDefault(argument => argument.Name == name)?.Value);

    /// <summary>What a link joins, with a space before it; nothing for what is no link.</summary>
    private string Joining(ToolBinding binding, Func<string, JsonElement?> argument) =>
        binding is { Kind: OperationKind.Delete, KeyParameter: null, Owners.Count: > 1 }
            ? sentences.Joining(binding.Owners.Keys.Select(argument).OfType<JsonElement>().Select(ScriptWriter.Text))
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

    /// <summary>Whether a name would end the sentence that it stands in.</summary>
    private static bool IsSentence(string name) => name[^1] is '.' or '!' or '?' || name.Contains(". ", StringComparison.Ordinal);

    private static string Humanise(string name) => Words.Spoken(name) is { Length: > 0 } words ? words : name;
}
