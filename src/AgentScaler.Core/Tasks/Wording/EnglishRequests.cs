using System.Globalization;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Tools;

namespace AgentScaler.Tasks.Wording;

/// <summary>Requests in English.</summary>
internal sealed class EnglishRequests(RequestManner manner, SeededRandom random) : RequestGrammar(manner, random)
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    /// <inheritdoc/>
    public override string Quoted(JsonElement value) => SpokenWords.WantsQuotes(value) ? $"\"{value.GetString()}\"" : SpokenWords.Say(value);

    /// <inheritdoc/>
    public override string Key(string entity, string key) => $"the {entity} {key}";

    /// <inheritdoc/>
    public override string Label(string entity, string label) => $"the {entity} \"{label}\"";

    /// <inheritdoc/>
    public override string Whose(string entity, string field, string value) => $"the {entity} whose {field} is {value}";

    /// <inheritdoc/>
    public override string Through(string entity, string row) => $"the {entity} of {row}";

    /// <inheritdoc/>
    public override string That(string entity) => "that " + entity;

    /// <inheritdoc/>
    public override string Nth(string many, int position) => $"the {Ordinals[position]} of these {many}";

    /// <inheritdoc/>
    public override string Owned(string row, string what) => $"{row}'s {what}";

    /// <inheritdoc/>
    public override string Only(string entity) => "the " + entity;

    /// <inheritdoc/>
    public override string As(string row, string role) => $"{row} as the {role}";

    /// <inheritdoc/>
    public override string Corrected(string wrong, string right, bool isRow) =>
        wrong + (isRow ? Pick(", no, the other one, I mean ", ", no wait, I mean ", ", sorry, I mean ") : Pick(", no, sorry, ", ", no wait, make that ", ", sorry, that was wrong, it must be ")) + right;

    /// <inheritdoc/>
    public override string Field(string field) => Words.Tokens(field).ToArray() switch
    {
        ["created"] or ["created", "at" or "on"] or ["creation", "timestamp" or "time"] => "creation date",
        ["updated" or "modified"] or ["updated" or "modified", "at" or "on"] or ["last", "modified" or "updated", ..] => "date of the last change",
        [.. var what, "at" or "on"] when what.Length > 0 => string.Join(' ', what) + " date",
        _ => SpokenWords.Plain(field),
    };

    /// <inheritdoc/>
    public override string Create(string entity, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values) => Ended(
        Lead(
            ["Please create a new", "I'd like to have a new", "Please set up a new"],
            ["New", "Create a new"],
            ["Could you please create a new", "Would you mind setting up a new"],
            ["So, what I need is a new", "I was hoping to get a new"],
            ["I would like to request a new", "Kindly create a new"]) + $" {entity}{Of(places)}{With(values)}");

    /// <inheritdoc/>
    public override string Update(string row, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values) =>
        Lead(
            ["Please change", "I need to change", "Could you correct"],
            ["Change", "Update"],
            ["Could you please change", "Would you kindly correct"],
            ["There is something to correct in", "I'd love to have something changed in"],
            ["I would like to request a change of", "Kindly amend"]) + $" {row}{Of(places)}: set {Listed(values, " to ")}.";

    /// <inheritdoc/>
    public override string UpdateOf(string name, string row, IReadOnlyList<SpokenPlace> places) => Ended(
        Lead(
            ["Please change the", "I need to change the", "Could you correct the"],
            ["Change the", "Update the"],
            ["Could you please change the", "Would you kindly correct the"],
            ["I'd love to have something done about the", "Something has to be done about the"],
            ["I would like to request a change of the", "Kindly amend the"]) + $" {name} of {row}{Of(places)}");

    /// <inheritdoc/>
    public override string Delete(string row, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values) => Ended(
        Lead(
            ["Please remove", "I want to get rid of", "Please delete"],
            ["Delete", "Remove"],
            ["Could you please remove", "Would you kindly delete"],
            ["I'm cleaning up, so I want to get rid of", "It's time to get rid of"],
            ["I request the removal of", "Kindly delete"]) + $" {row}{Of(places)}")
        + (values.Count > 0 ? $" Use {Listed(values, " ")} for that." : "");

    /// <inheritdoc/>
    public override string Status(StatusDeed deed, string row, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values)
    {
        var (verb, tail) = Transition(deed);
        return Ended(
            Lead(
                ["Please", "I need you to", "I'd like you to"],
                ["Please", "Just"],
                ["Could you please", "Would you kindly"],
                ["What I'd like today is for you to", "I was wondering if you'd"],
                ["I kindly ask you to", "I request you to"]) + $" {verb} {row}{Of(places)}{tail}" + (values.Count > 0 ? $", with {Listed(values, " ")}" : ""));
    }

    /// <inheritdoc/>
    public override string Get(IReadOnlyList<string> fields, string row, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values)
    {
        var what = string.Join(" and the ", fields.Select(Field));
        var rest = $" {what} of {row}{Of(places)}" + (values.Count == 0 ? "" : $" ({Listed(values, " ")})");
        return Ended(Lead(
            ["What is the", "Can you tell me the", "I'd like to know the"],
            ["What's the", "I need the"],
            ["Could you please tell me the", "Would you kindly look up the"],
            ["Do you happen to know the", "I've been wondering about the"],
            ["Kindly inform me of the", "I would like to be informed of the"]) + rest);
    }

    /// <inheritdoc/>
    public override string List(IReadOnlyList<string> fields, string many, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values, int rows)
    {
        var which = $"{many}{Of(places)}{With(values)}";
        var question = Lead(
            [$"Which {which} are there?", $"Please look up the {which}."],
            [$"Which {which}?", $"List the {which}."],
            [$"Could you please look up the {which}?", $"Would you kindly list the {which}?"],
            [$"I'm curious which {which} there are.", $"I'd love an overview of the {which}."],
            [$"Kindly provide a list of the {which}.", $"I request a list of the {which}."]);
        var what = string.Join(" and the ", fields.Select(Field));
        return question + (rows == 1 ? $" I need the {what}." : $" I need the {what} of each, the first {rows.ToString(CultureInfo.InvariantCulture)} will do.");
    }

    /// <inheritdoc/>
    public override string Choose(string field, string row, IReadOnlyList<SpokenPlace> places, string value, string then, string otherwise) =>
        Lead(
            ["Please check the", "Have a look at the", "First look up the"],
            ["Check the", "Look at the"],
            ["Please be so kind as to check the", "Please have a look at the"],
            ["It depends, so first have a look at the", "Before anything else, check the"],
            ["Kindly verify the", "Kindly check the"]) + $" {Field(field)} of {row}{Of(places)}: if it is {value}, {then}; otherwise {otherwise}.";

    /// <inheritdoc/>
    public override string SetIts(IReadOnlyList<SpokenValue> values) => $"set its {Listed(values, " to ")}";

    /// <inheritdoc/>
    public override string MoveIt(StatusDeed deed, IReadOnlyList<SpokenValue> values)
    {
        var (verb, tail) = Transition(deed);
        return $"{verb} it{tail}" + (values.Count > 0 ? $" with {Listed(values, " ")}" : "");
    }

    /// <inheritdoc/>
    public override string Do(LackedDeed deed, string row) => Ended(
        Lead(
            ["Please", "I need you to", "I'd like you to"],
            ["Please", "Just"],
            ["Could you please", "Would you kindly"],
            ["There is one thing I could use help with: please", "I was wondering if you'd"],
            ["I kindly ask you to", "I request you to"]) + $" {deed.Asked(isChinese: false, row)}");

    /// <inheritdoc/>
    public override string Give(string name, string value) => Lead(
        [$"The {name} is {value}.", $"Sorry, I forgot: the {name} is {value}."],
        [$"{value}."],
        [$"Of course, the {name} is {value}, thank you.", $"Certainly: the {name} is {value}."],
        [$"Oh, right, I left that out! The {name} is {value}.", $"Good that you ask: the {name} is {value}."],
        [$"The {name} is {value}.", $"For the {name}, kindly use {value}."]);

    /// <inheritdoc/>
    public override string Withhold(string name) => Lead(
        [$"I don't know the {name}, and I can't find out. Leave it then.", $"I'd rather not say. Then please leave it."],
        ["Don't know. Leave it then.", "No idea. Leave it."],
        [$"I'm afraid I don't know the {name}. Then please leave it as it is.", "I'm sorry, I can't tell you that. Please leave it, then."],
        [$"Hm, the {name}? I really have no idea. Let's leave it then.", "Oh, nobody told me that. Never mind, let's leave it."],
        [$"I am not in a position to give the {name}. Kindly leave the matter.", $"The {name} is not known to me. Kindly leave the matter."]);

    private static (string Verb, string Tail) Transition(StatusDeed deed) => deed.Verb is { } verb ? (verb, "") : ("mark", " as " + deed.To);

    /// <summary>Values in a row: by commas and "and", or by semicolons where one has a comma of its own.</summary>
    private static string Listed(IReadOnlyList<SpokenValue> values, string between)
    {
        var said = values.Select(value => value.Name is null ? value.Text : value.Name + between + value.Text).ToList();
        return said.Count < 2 || said.Exists(value => value.AsSpan().IndexOfAny(',', ';') >= 0) ? string.Join("; ", said) : $"{string.Join(", ", said.SkipLast(1))} and {said[^1]}";
    }

    private static string With(IReadOnlyList<SpokenValue> values) => values.Count > 0 ? " with " + Listed(values, " ") : "";

    /// <summary>" of the shelf ...": the innermost first.</summary>
    private static string Of(IReadOnlyList<SpokenPlace> places) => string.Concat(places.Select((place, i) => place switch
    {
        { Stem: null } => " of " + place.Text,
        { Text: null } => " of the same " + place.Stem,
        _ => (places.Take(i).Any(earlier => earlier.Text is null) ? ", " : " ") + $"of the {place.Stem} {place.Text}",
    }));

    private static string Ended(string sentence) => sentence + (sentence.StartsWith("Could ", StringComparison.Ordinal) || sentence.StartsWith("Would ", StringComparison.Ordinal)
        || sentence.StartsWith("Can ", StringComparison.Ordinal) || sentence.StartsWith("What is ", StringComparison.Ordinal) || sentence.StartsWith("What's ", StringComparison.Ordinal)
        || sentence.StartsWith("Do ", StringComparison.Ordinal) ? "?" : ".");
}
