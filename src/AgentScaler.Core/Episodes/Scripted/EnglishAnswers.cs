using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Episodes.Scripted;

/// <summary>The sentences of a scripted agent in English.</summary>
internal sealed class EnglishAnswers : AnswerSentences
{
    /// <inheritdoc/>
    public override string Gap => " ";

    /// <inheritdoc/>
    public override string HandOver => "I am handing you over to a colleague who may be able to do it.";

    /// <inheritdoc/>
    public override string About(IReadOnlyList<string> deeds) => $"I am about to {(deeds.Count == 1 ? deeds[0] : $"{string.Join(", ", deeds.Take(deeds.Count - 1))} and {deeds[^1]}")}.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> AskFor(string name) => [$"I can do that. What is the {name}?", $"One thing is missing: which {name} should it be?", $"Before I do that: could you tell me the {name}?"];

    /// <inheritdoc/>
    public override string Refuse(string deed, string? why) => why is null
        ? $"I am sorry, I can't {deed}: none of my tools does that."
        : $"I am sorry, I can't {deed}. The policy says: {why}";

    /// <inheritdoc/>
    public override string LeaveIt(string deed, string name) => $"All right. Without the {name} I leave it and do not {deed}.";

    /// <inheritdoc/>
    public override string Fact(string name, string? value) => $"{Clause(name)} {value}";

    /// <inheritdoc/>
    public override string Facts(string name, IEnumerable<(string? Value, IReadOnlyList<string> Rows)> values) =>
        name + ": " + string.Join(", ", values.Select(value => value.Rows.Count > 0 ? $"{value.Value} ({string.Join(", ", value.Rows)})" : value.Value));

    /// <inheritdoc/>
    public override string Sentence(string opener, IReadOnlyList<string> facts)
    {
        var told = opener + string.Join("; ", facts);
        return told.EndsWith('.') ? told : told + ".";
    }

    /// <inheritdoc/>
    public override string NumberOf(string name) => "number of " + name;

    /// <inheritdoc/>
    public override string NotFound(IReadOnlyList<string> names) => $"I am sorry, I could not find the {Either(names)}.";

    /// <inheritdoc/>
    public override string Done(ToolBinding binding, string tool, string entity, IReadOnlyList<(string Name, string To)> rows) => "I have " + binding.Kind switch
    {
        OperationKind.Create => $"added the new {entity}{Listed([.. rows.Select(row => row.Name)])}",
        OperationKind.Update => $"updated the {entity}{Listed([.. rows.Select(row => row.Name)])}",
        OperationKind.Delete => $"removed the {entity}{Listed([.. rows.Select(row => row.Name)])}",
        OperationKind.Status => $"set the {Humanise(binding.Status?.Field ?? "status")} of the {entity}{Listed([.. rows.Select(row => $"{row.Name} to {row.To}")])}",
        _ => $"completed the step \"{Humanise(tool)}\"",
    } + ".";

    /// <inheritdoc/>
    public override string OutOfService => "that is out of service at the moment";

    /// <inheritdoc/>
    public override string Failed(IReadOnlyList<string> deeds, string error, bool isMore) => $"{(isMore ? "Nor could I" : "I am sorry, I could not")} {Either(deeds)}: {error.TrimEnd('.')}.";

    /// <inheritdoc/>
    public override string Unreachable(IReadOnlyList<string> deeds) => $"I could not {Either(deeds)}, because what {(deeds.Count > 1 ? "they need" : "it needs")} was not found.";

    /// <inheritdoc/>
    public override string Deed(ToolBinding binding, string tool, string entity, string name = "") => binding.Kind switch
    {
        OperationKind.Get => $"look up the {entity}",
        OperationKind.List or OperationKind.Search => $"look through the {Humanise(binding.Collection)}",
        OperationKind.Create => $"add the new {entity}",
        OperationKind.Update => $"update the {entity}{name}",
        OperationKind.Delete => $"remove the {entity}{name}",
        OperationKind.Status => $"set {Status(binding, entity, name)}",
        _ => name.Length == 0 ? $"complete the step \"{Humanise(tool)}\"" : $"complete the step \"{Humanise(tool)}\" for{name}",
    };

    private static string Either(IReadOnlyList<string> names) => names.Count > 1 ? $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}" : string.Concat(names);

    private static string Listed(IReadOnlyList<string> names) =>
        names.Where(name => name.Length > 0).ToList() is { Count: > 1 } several ? $"{string.Join(',', several.SkipLast(1))} and{several[^1]}" : string.Concat(names);

    /// <inheritdoc/>
    public override string Joining(IEnumerable<string> rows) => " that joins " + string.Join(" and ", rows);

    /// <inheritdoc/>
    public override string Labelled(string label, string key) => $" \"{label}\" ({key})";

    /// <inheritdoc/>
    public override string Quoted(string label) => $" \"{label}\"";

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

    private static string Status(ToolBinding binding, string entity, string name) =>
        $"the {Humanise(binding.Status?.Field ?? "status")} of the {entity}{name} to {Humanise(binding.Status?.To ?? "the new value")}";
}
