using System.Text.Json;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks.Wording;

/// <summary>The parts of one request: how its rows, places and values are called.</summary>
/// <param name="before">What earlier requests said and showed.</param>
/// <param name="withheld">The parameter of the goal that the user leaves out; null for none.</param>
/// <param name="slip">What the user says wrongly first; null for nothing.</param>
internal sealed class RequestParts(EnvironmentPackage package, RequestGrammar grammar, PlannedRequest request, SpokenBefore before, string? withheld, WrongWord? slip)
{
    private readonly PlannedCall goal = request.Goal;
    private readonly KnownRows known = new(package);
    private readonly Dictionary<string, string> said = new(StringComparer.Ordinal);

    /// <summary>Places that this request names.</summary>
    public IReadOnlyDictionary<string, string> Said => said;

    /// <summary>How the user names the row that the goal works on.</summary>
    public string Row(CollectionSpec collection)
    {
        var index = goal.Arguments.ToList().FindIndex(argument => argument.Parameter == goal.Tool.Binding.KeyParameter);
        return index < 0 ? grammar.Only(SpokenWords.Plain(collection.Noun)) : Named(goal.Arguments[index], goal.Origins[index], collection);
    }

    /// <summary>The values the user states, by name; rows that the goal refers to among them.</summary>
    public List<SpokenValue> Values()
    {
        var values = new List<(SampledArgument, SpokenValue)>();
        for (var i = 0; i < goal.Arguments.Count; i++)
        {
            var argument = goal.Arguments[i];
            if (argument.Parameter != withheld && argument.Parameter != goal.Tool.Binding.KeyParameter && !IsPlace(argument) && IsSaid(argument, goal.Origins[i]) && !SpokenWords.IsEmpty(argument.Value))
            {
                values.Add((argument, Stated(argument, goal.Origins[i])));
            }
        }

        return [.. SpokenAmounts.Joined(values)];
    }

    private SpokenValue Stated(SampledArgument argument, ArgumentOrigin origin)
    {
        var isChange = goal.Tool.Binding.Kind is OperationKind.Update or OperationKind.Status;
        if (argument.Collection is null && origin.Step is not null)
        {
            return new SpokenValue(isChange ? SpokenWords.Stem(argument.Parameter) : null, Shown(origin, null, argument.Parameter));
        }

        if (argument.Collection is not { } target)
        {
            var schema = goal.Tool.SchemaOf(argument.Parameter);
            var right = grammar.Value(argument.Value, schema);
            return new SpokenValue(SpokenWords.NameOf(argument.Parameter), slip?.Parameter == argument.Parameter ? grammar.Corrected(grammar.Value(slip.Wrong, schema), right, isRow: false) : right);
        }

        var row = Named(argument, origin, package.Schema.Find(target)!);
        return isChange ? new SpokenValue(SpokenWords.Stem(argument.Parameter), row) : new SpokenValue(null, WithRole(argument, row, target));
    }

    /// <summary>Where the row belongs, as the path has it, the innermost first.</summary>
    public List<SpokenPlace> Places()
    {
        var places = new List<SpokenPlace>();
        foreach (var (argument, origin) in goal.Arguments.Zip(goal.Origins).Where(pair => IsSaid(pair.First, pair.Second) && IsPlace(pair.First))
            .OrderByDescending(pair => FieldOf(pair.First) is { } field ? Owners.DepthOf(field.Type) ?? -1 : -1))
        {
            var stem = SpokenWords.Stem(FieldOf(argument)?.Name ?? argument.Parameter);
            if (argument.Collection is { } target)
            {
                places.Add(new SpokenPlace(null, WithRole(argument, Named(argument, origin, package.Schema.Find(target)!), target)));
            }
            else if (origin.Step is not null && before.Places.GetValueOrDefault(stem) != SpokenWords.Say(argument.Value))
            {
                places.Add(new SpokenPlace(null, Shown(origin, null, argument.Parameter)));
            }
            else if ((said.GetValueOrDefault(stem) ?? before.Places.GetValueOrDefault(stem)) != SpokenWords.Say(argument.Value))
            {
                places.Add(new SpokenPlace(stem, grammar.Quoted(argument.Value)));
                said[stem] = SpokenWords.Say(argument.Value);
            }
            else if (places.All(place => place.Text is not null))
            {
                // What was said before need not be said again: the innermost stands for all above it.
                places.Add(new SpokenPlace(stem, null));
            }
        }

        return places;
    }

    /// <summary>All the user says for the request, apart from what is asked.</summary>
    public string Told() => string.Join(' ', request.Calls
        .SelectMany(call => call.Arguments.Zip(call.Origins).Where(pair => pair.Second.Kind == OriginKind.User).Select(pair => SpokenWords.Say(pair.First.Value)))
        .Concat(goal.Arguments.Zip(goal.Origins).Where(pair => pair.First.Collection is not null && pair.Second.Step is not null)
            .Select(pair => Named(pair.First, pair.Second, package.Schema.Find(pair.First.Collection!)!))));

    private string Named(SampledArgument argument, ArgumentOrigin origin, CollectionSpec collection)
    {
        var right = Unslipped(argument, origin, collection);
        return slip?.Parameter == argument.Parameter && slip.Wrong.ValueKind == JsonValueKind.String
            ? grammar.Corrected(grammar.Label(SpokenWords.Plain(collection.Noun), slip.Wrong.GetString()!), right, isRow: true)
            : right;
    }

    private string Unslipped(SampledArgument argument, ArgumentOrigin origin, CollectionSpec collection)
    {
        var entity = SpokenWords.Plain(collection.Noun);
        if (origin.Kind == OriginKind.User)
        {
            return grammar.Key(entity, SpokenWords.Say(argument.Value));
        }

        if (origin.Step >= request.FirstCall)
        {
            var lookup = request.Calls[origin.Step!.Value - request.FirstCall];
            var shows = package.Schema.Find(lookup.Tool.Binding.Collection) ?? collection;
            return Found(lookup, origin.Path!, shows) is not { } row ? grammar.Key(entity, SpokenWords.Say(argument.Value))
                : shows.Name == collection.Name ? row : grammar.Through(entity, row);
        }

        return Shown(origin, collection, argument.Parameter);
    }

    /// <summary>What an earlier result showed: "that book", "the second of these books" where it showed several, "that user's account" where it showed the key of something else.</summary>
    /// <param name="collection">The collection that the value is a key of; null for none.</param>
    private string Shown(ArgumentOrigin origin, CollectionSpec? collection, string parameter)
    {
        var source = before.Calls[origin.Step!.Value];
        var shownOf = package.Schema.Find(source.Tool.Binding.Collection)!;
        using var result = JsonDocument.Parse(source.Result);
        var rows = KnownRows.RowsOf(source.Tool, result.RootElement).ToList();
        var position = rows.FindIndex(row => KnownRows.Holds(row.Path, origin.Path!));
        var isOwn = collection is not null && known.AreOne(collection.Name, shownOf.Name);
        if (isOwn && rows.Count > 1 && position >= 0)
        {
            return grammar.Nth(SpokenWords.Plain(shownOf.Name), position);
        }

        var stem = SpokenWords.Stem(parameter);
        return isOwn || stem == SpokenWords.Plain(shownOf.Entity) ? grammar.That(SpokenWords.Plain(shownOf.Noun))
            : collection is not null ? grammar.That(SpokenWords.Plain(collection.Noun))
            : grammar.Owned(grammar.That(SpokenWords.Plain(shownOf.Noun)), stem);
    }

    /// <summary>
    /// The row that a lookup finds, by what it is looked up with, or by its label in a listing; null where nothing but the key names it: the task's audit then drops what gives away too much.
    /// </summary>
    private string? Found(PlannedCall lookup, string path, CollectionSpec collection)
    {
        var entity = SpokenWords.Plain(collection.Noun);
        if (lookup.Arguments.FirstOrDefault(other => other.Role is ArgumentRole.Query or ArgumentRole.Filter) is not { } by)
        {
            return LabelAt(lookup, path, collection) is { } label ? grammar.Label(entity, label) : null;
        }

        var isLabel = by.Role == ArgumentRole.Query || lookup.Tool.Binding.Fields.GetValueOrDefault(by.Parameter) == collection.Label;
        return isLabel ? grammar.Label(entity, SpokenWords.Say(by.Value)) : grammar.Whose(entity, SpokenWords.Stem(by.Parameter), grammar.Value(by.Value, lookup.Tool.SchemaOf(by.Parameter)));
    }

    /// <summary>The label beside a key in a lookup's result, or null if the result shows none.</summary>
    private static string? LabelAt(PlannedCall lookup, string path, CollectionSpec collection)
    {
        if (lookup.Tool.Binding.ResultFields.FirstOrDefault(field => field.Value == collection.Label).Key is not { } shown)
        {
            return null;
        }

        using var result = JsonDocument.Parse(lookup.Result);
        var row = KnownRows.RowsOf(lookup.Tool, result.RootElement, int.MaxValue).First(row => KnownRows.Holds(row.Path, path)).Row;
        return row.TryGetProperty(shown, out var label) && label.ValueKind == JsonValueKind.String ? label.GetString() : null;
    }

    /// <summary>Whether the user speaks of an argument: not of a constant, nor of a value that the agent has from the result which shows the row as well.</summary>
    private bool IsSaid(SampledArgument argument, ArgumentOrigin origin) => origin.Kind == OriginKind.User
        || (origin.Step is { } step && (argument.Collection is not null || (step < request.FirstCall && goal.Arguments.Zip(goal.Origins).All(pair => pair.First.Role != ArgumentRole.Key || pair.Second.Step != step))));

    /// <summary>Whether an argument says where rows belong: what the path has above them, or what a listing is of.</summary>
    private bool IsPlace(SampledArgument argument) => goal.Tool.Binding.Owners.ContainsKey(argument.Parameter)
        || (argument.Collection is not null && goal.Tool.Binding.Kind is OperationKind.List or OperationKind.Search)
        || (FieldOf(argument) is { } field && Owners.DepthOf(field.Type) is not null);

    /// <summary>The field that an argument's value is of; null if it is of none.</summary>
    private FieldSpec? FieldOf(SampledArgument argument) =>
        (goal.Tool.Binding.Owners.GetValueOrDefault(argument.Parameter) ?? goal.Tool.Binding.Fields.GetValueOrDefault(argument.Parameter)) is { } name
            ? package.Schema.Find(goal.Tool.Binding.Collection)!.Fields.First(field => field.Name == name)
            : null;

    /// <summary>Says which part a referenced row plays where the parameter is not simply named after it (<c>approver_id</c>).</summary>
    private string WithRole(SampledArgument argument, string row, string target)
    {
        var stem = SpokenWords.Stem(argument.Parameter);
        var collection = package.Schema.Find(target)!;
        return stem == SpokenWords.Plain(collection.Entity) || stem == SpokenWords.Plain(collection.Key) || collection.Entity.EndsWith(stem.Replace(' ', '_'), StringComparison.Ordinal) ? row : grammar.As(row, stem);
    }
}
