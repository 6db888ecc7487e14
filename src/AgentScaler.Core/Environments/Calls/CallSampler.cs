using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Calls;

/// <summary>Draws valid calls: existing rows for keys and references, statuses from which a transition is allowed, values that change something.</summary>
public sealed class CallSampler(EnvironmentPackage package, Seed seed)
{
    private readonly SeededRandom random = seed.Child("choices").Random();
    private readonly FieldValues values = new(seed.Child("values"), package.Now, locales: package.Locales);
    private readonly IReadOnlyDictionary<string, CollectionSpec> shared = SharedKeys.Of(package.Schema);
    private readonly Owners owners = new(Seed.Root(0).Child("owners").Child(package.Id), package.Now);

    /// <summary>Draws a call; null if the current state has no row that the tool could work on.</summary>
    /// <param name="wishes">What the call should be about where that fits.</param>
    public SampledCall? Sample(PackageTool tool, EnvironmentSession session, CallWishes? wishes = null)
    {
        var wanted = wishes ?? CallWishes.None;
        var collection = package.Schema.Find(tool.Binding.Collection)!;
        values.Settle(null);
        values.NextRow(collection.Entity, collection.Fields.Select(field => field.Name));
        var arguments = tool.Binding.Kind switch
        {
            OperationKind.List or OperationKind.Search => ListingArguments.Draw(tool, collection, session, wanted, random),
            OperationKind.Create when tool.Binding.Joins is { } joins => Unjoined(tool, collection, session, wanted, joins),
            OperationKind.Create => Values(tool, collection, session, wanted, row: null),
            OperationKind.Other => Unread(tool, collection, session),
            _ => OnRow(tool, collection, session, wanted),
        };
        if (arguments is null)
        {
            return null;
        }

        AddOthers(tool, collection, arguments, wanted);
        return new SampledCall(tool, [.. arguments.OrderBy(argument => argument.Parameter, StringComparer.Ordinal)]);
    }

    /// <summary>Arguments of a tool that only its program understands: keys where names say so, and values of one row.</summary>
    private List<SampledArgument> Unread(PackageTool tool, CollectionSpec collection, EnvironmentSession session)
    {
        var rows = session.Rows(collection.Name).ToList();
        var row = rows.Count > 0 ? random.Pick(rows).Value : default;
        var arguments = new List<SampledArgument>();
        foreach (var parameter in tool.Required)
        {
            var named = NameReader.EntityNamedBy(parameter);
            var field = collection.Fields.FirstOrDefault(field => field.Name == SchemaBuilder.FieldNamed(collection.Fields.Select(other => other.Name), parameter, collection.Entity));
            if (named is not null && package.Schema.FindEntity(named, collection) is { } target && Reference(tool, parameter, target.Name, session, CallWishes.None, Named(arguments, target.Name)) is { } reference)
            {
                arguments.Add(field is not null && row.ValueKind == JsonValueKind.Object && row.TryGetProperty(field.Name, out var own) ? reference with { Value = own.Clone() } : reference);
            }
            else if (field is not null && row.ValueKind == JsonValueKind.Object && row.TryGetProperty(field.Name, out var held) && FieldSchemas.Allows(tool.SchemaOf(parameter)!.Value, held))
            {
                arguments.Add(new SampledArgument(parameter, ArgumentRole.Value, null, held.Clone()));
            }
        }

        return arguments;
    }

    private List<SampledArgument>? OnRow(PackageTool tool, CollectionSpec collection, EnvironmentSession session, CallWishes wishes)
    {
        var rows = session.Rows(collection.Name).Where(row => Fits(tool, collection, row.Value, session)).ToList();
        if (rows.Count == 0)
        {
            return null;
        }

        var row = Wanted(tool, collection, rows, wishes) ?? rows[random.Next(rows.Count)].Value;
        var arguments = new List<SampledArgument>();
        if (tool.Binding.KeyParameter is { } key)
        {
            arguments.Add(new SampledArgument(key, ArgumentRole.Key, collection.Name, ParameterForms.Key(tool, key, row.GetProperty(collection.Key))));
        }

        foreach (var (parameter, field) in tool.Binding.Owners)
        {
            arguments.Add(new SampledArgument(parameter, ArgumentRole.Reference, Field(collection, field).References, ParameterForms.Key(tool, parameter, row.GetProperty(field))));
        }

        if (tool.Binding.Kind is not (OperationKind.Update or OperationKind.Status))
        {
            return arguments;
        }

        values.Settle(row);
        if (Values(tool, collection, session, wishes, row) is not { } written)
        {
            return null;
        }

        arguments.AddRange(written);
        return arguments;
    }

    /// <summary>The row that is wished for: by its key, else by where it belongs; null if none is.</summary>
    private JsonElement? Wanted(PackageTool tool, CollectionSpec collection, List<KeyValuePair<string, JsonElement>> rows, CallWishes wishes)
    {
        if (tool.Binding.KeyParameter is { } key && wishes.Values.TryGetValue(key, out var named) && rows.FindIndex(row => row.Key == StoredKey.Of(named)) is >= 0 and var shown)
        {
            return rows[shown].Value;
        }

        if (wishes.Rows.Where(wanted => wanted.Collection == collection.Name).Select(wanted => rows.FindIndex(row => row.Key == wanted.Key)).FirstOrDefault(index => index >= 0, -1) is >= 0 and var known)
        {
            return rows[known].Value;
        }

        var below = tool.Binding.Owners.Count == 0 ? []
            : rows.Where(row => tool.Binding.Owners.Any(owner => wishes.Wants(owner.Key, Field(collection, owner.Value).References, row.Value.GetProperty(owner.Value)))).ToList();
        return below.Count == 0 ? null : random.Pick(below).Value;
    }

    /// <summary>Values for a link between what no row joins yet; null if none was found.</summary>
    private List<SampledArgument>? Unjoined(PackageTool tool, CollectionSpec collection, EnvironmentSession session, CallWishes wishes, IReadOnlyList<string> joins)
    {
        for (var attempt = 0; attempt < 8; attempt++)
        {
            // What is preferred may be joined already.
            var values = Values(tool, collection, session, attempt < 2 ? wishes : CallWishes.None, row: null);
            if (values is not null && !session.Rows(collection.Name).Any(row => values.Where(value => joins.Contains(tool.Binding.Fields.GetValueOrDefault(value.Parameter)))
                .All(value => row.Value.TryGetProperty(tool.Binding.Fields[value.Parameter], out var held) && StoredKey.Of(held) == StoredKey.Of(value.Value))))
            {
                return values;
            }
        }

        return null;
    }

    /// <summary>Values for a row to be written; with a row, values that differ from what it has.</summary>
    private List<SampledArgument>? Values(
        PackageTool tool, CollectionSpec collection, EnvironmentSession session, CallWishes wishes, JsonElement? row)
    {
        var required = tool.Required;
        var optional = random.Shuffle(tool.Binding.Fields.Keys.Where(parameter => !required.Contains(parameter) && ParameterForms.IsSpoken(tool, parameter) && (row is null || !Moves(tool, parameter, collection))));
        var updating = tool.Binding.Kind == OperationKind.Update;
        var share = tool.Binding.Kind switch { OperationKind.Create => 0.5, OperationKind.Update => 0.25, _ => 0.4 };
        var arguments = new List<SampledArgument>();
        var key = RowKeys.Free(collection, key => session.Row(collection.Name, key) is not null, values, owners, random);
        if (key.About is { } about && tool.Binding.Fields.ContainsValue(collection.Key))
        {
            // What a new row is called its other names say too.
            values.NextRow(about, collection.Fields.Select(field => field.Name));
        }

        var neighbours = session.Rows(collection.Name).ToList();
        var neighbour = neighbours.Count > 0 ? random.Pick(neighbours).Value : default;
        foreach (var parameter in tool.Binding.Fields.Keys.Where(required.Contains).Concat(optional))
        {
            var field = Field(collection, tool.Binding.Fields[parameter]);
            var needed = required.Contains(parameter);
            if (!needed && !(updating && arguments.Count == 0) && !wishes.Values.ContainsKey(parameter) && (arguments.Count >= 6 || !random.Chance(share)))
            {
                continue;
            }

            var argument = field.Name == collection.Key ? new SampledArgument(parameter, ArgumentRole.Value, null,
                    ParameterForms.Key(tool, parameter, Other(tool, parameter, collection, session, wishes) ?? JsonSerializer.SerializeToElement(key.Key)))
                : field.References is { } target ? Reference(tool, parameter, target, session, wishes, Named(arguments.Where(other => tool.Binding.Fields[other.Parameter] != field.Name), target, row is not null && target == collection.Name ? row : null))
                : (Handed(tool, parameter, wishes) is { } shown && !IsGiven(tool, field, shown, arguments) ? shown : Outside(tool, parameter, collection, field, session, row, neighbour) ?? Different(parameter, tool, collection, field, row, needed)) is { } value
                    ? new SampledArgument(parameter, ArgumentRole.Value, null, value)
                : null;
            var same = argument is not null && row is { } current && current.TryGetProperty(field.Name, out var old) && CanonicalJson.AreEqual(old, argument.Value);
            if (argument is null && required.Contains(parameter))
            {
                return null;
            }

            if (argument is not null && (!same || required.Contains(parameter)))
            {
                arguments.Add(argument);
            }
        }

        if (updating && arguments.Count == 0 && optional.Count > 0 && Guess(tool, collection, optional, row) is { } guess)
        {
            arguments.Add(guess);
        }

        return updating && arguments.Count == 0 ? null : AgreeingArguments.Of(tool, collection, [.. arguments.Select(argument => Placed(tool, collection, argument, arguments, session))], row);
    }

    /// <summary>Whether a tool may work on a row: status transitions and deletions have conditions.</summary>
    private bool Fits(PackageTool tool, CollectionSpec collection, JsonElement row, EnvironmentSession session)
    {
        if (tool.Binding.Owners.Values.Any(field => !row.TryGetProperty(field, out _)))
        {
            return false;
        }

        return tool.Binding.Kind switch
        {
            OperationKind.Status => row.TryGetProperty(tool.Binding.Status!.Field, out var status) && tool.Binding.Status.From.Contains(status.GetString()),
            OperationKind.Delete => !package.Schema.Collections.Any(other => !GoesWith(tool, other) && other.Fields.Any(field => field.References == collection.Name
                && session.Rows(other.Name).Any(holder => holder.Value.TryGetProperty(field.Name, out var held) && StoredKey.Of(held) == StoredKey.Of(row.GetProperty(collection.Key))))),
            _ => true,
        };
    }

    private bool GoesWith(PackageTool tool, CollectionSpec other) =>
        package.Rules.Any(rule => rule.Kind == PolicyRuleKind.Cascade && rule.Collection == tool.Binding.Collection && rule.Values.Contains(other.Name));

    /// <summary>The key of something else that a new row is keyed by and none is yet; null if new rows have keys of their own, or all are taken.</summary>
    private JsonElement? Other(PackageTool tool, string parameter, CollectionSpec collection, EnvironmentSession session, CallWishes wishes)
    {
        if (!shared.TryGetValue(collection.Name, out var source))
        {
            return null;
        }

        if (Handed(tool, parameter, wishes) is { } wanted && session.Row(collection.Name, StoredKey.Of(wanted)) is null)
        {
            return wanted;
        }

        var free = session.Rows(source.Name).Where(row => session.Row(collection.Name, row.Key) is null).Select(row => row.Value.GetProperty(source.Key)).ToList();
        return free.Count == 0 ? null : random.Pick(free);
    }

    /// <summary>The value that is wished for, where the parameter may have it.</summary>
    private static JsonElement? Handed(PackageTool tool, string parameter, CallWishes wishes) =>
        wishes.Values.TryGetValue(parameter, out var value) && FieldSchemas.Allows(tool.SchemaOf(parameter)!.Value, value) ? value : null;

    /// <summary>Whether another argument has a value already, so that one thing shown would be two of the call's.</summary>
    private static bool IsGiven(PackageTool tool, FieldSpec field, JsonElement value, List<SampledArgument> arguments) =>
        arguments.Exists(other => other.Collection is null && tool.Binding.Fields[other.Parameter] != field.Name && StoredKey.Of(other.Value) == StoredKey.Of(value));

    /// <summary>The keys of a collection's rows that a call names.</summary>
    /// <param name="own">The row that it works on, if that is of the collection.</param>
    private HashSet<string> Named(IEnumerable<SampledArgument> arguments, string collection, JsonElement? own = null)
    {
        var keys = arguments.Where(argument => argument.Collection == collection).Select(argument => argument.Value);
        return (own is { } row ? keys.Append(row.GetProperty(package.Schema.Find(collection)!.Key)) : keys).Select(StoredKey.Of).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A row to refer to: the one that is wished for, else any.</summary>
    /// <param name="named">Rows that the call names already: what is transferred from one account goes to another, where there is one.</param>
    private SampledArgument? Reference(PackageTool tool, string parameter, string target, EnvironmentSession session, CallWishes wishes, HashSet<string> named)
    {
        var collection = package.Schema.Find(target)!;
        var all = session.Rows(target).ToList();
        var rows = all.Exists(row => !named.Contains(row.Key)) ? all.FindAll(row => !named.Contains(row.Key)) : all;
        if (rows.Count == 0)
        {
            return null;
        }

        var handed = wishes.Values.TryGetValue(parameter, out var value) ? rows.FindIndex(row => row.Key == StoredKey.Of(value)) : -1;
        var known = handed >= 0 ? handed : wishes.Rows.Where(key => key.Collection == target).Select(key => rows.FindIndex(row => row.Key == key.Key)).FirstOrDefault(index => index >= 0, -1);
        var row = rows[known >= 0 ? known : random.Next(rows.Count)].Value;
        return new SampledArgument(parameter, ArgumentRole.Reference, target, ParameterForms.Key(tool, parameter, row.GetProperty(collection.Key)));
    }

    /// <summary>Whether a change would move a row to another owner: what its path says of it stays as it is.</summary>
    private static bool Moves(PackageTool tool, string parameter, CollectionSpec collection) =>
        tool.Binding.Owners.ContainsValue(tool.Binding.Fields[parameter]) || Owners.DepthOf(Field(collection, tool.Binding.Fields[parameter]).Type) is not null;

    /// <summary>A text for a parameter of which nothing tells what it could be, where a change has nothing else to say; null if none takes a text.</summary>
    private SampledArgument? Guess(PackageTool tool, CollectionSpec collection, IReadOnlyList<string> parameters, JsonElement? row) =>
        parameters.Where(parameter => Field(collection, tool.Binding.Fields[parameter]) is { References: null } field && field.Name != collection.Key && ResultReader.TypeOf(field.Type) == "string")
            .Select(parameter => Different(parameter, tool, collection, Field(collection, tool.Binding.Fields[parameter]), row, needed: true) is { } value
                ? new SampledArgument(parameter, ArgumentRole.Value, null, value) : null).FirstOrDefault(argument => argument is not null);

    /// <summary>An argument that says where a row belongs, as the row says that another argument refers to.</summary>
    private SampledArgument Placed(PackageTool tool, CollectionSpec collection, SampledArgument argument, List<SampledArgument> all, EnvironmentSession session)
    {
        foreach (var reference in all.Where(other => other.Collection is not null && tool.Binding.Fields.ContainsKey(other.Parameter)))
        {
            var field = Field(collection, tool.Binding.Fields[reference.Parameter]);
            var (_, theirs) = OwnerChains.Shared(package.Schema, collection, field).FirstOrDefault(pair => pair.Own.Name == tool.Binding.Fields.GetValueOrDefault(argument.Parameter));
            if (theirs is not null && session.Row(reference.Collection!, StoredKey.Of(reference.Value)) is { } target && target.TryGetProperty(theirs.Name, out var held))
            {
                return argument with { Value = ParameterForms.Key(tool, argument.Parameter, held) };
            }
        }

        return argument;
    }

    /// <summary>Where a row belongs, or an id of something without a collection here: what a neighbour has, or any other row; null if the field is none such.</summary>
    private JsonElement? Outside(PackageTool tool, string parameter, CollectionSpec collection, FieldSpec field, EnvironmentSession session, JsonElement? row, JsonElement neighbour)
    {
        if (!OwnerChains.IsOwner(collection, field))
        {
            return null;
        }

        if (row is null && neighbour.ValueKind == JsonValueKind.Object && neighbour.TryGetProperty(field.Name, out var near))
        {
            return ParameterForms.Key(tool, parameter, near);
        }

        var held = session.Rows(collection.Name).Where(other => other.Value.TryGetProperty(field.Name, out _)).Select(other => other.Value.GetProperty(field.Name))
            .Where(value => row is not { } current || !current.TryGetProperty(field.Name, out var old) || !JsonElement.DeepEquals(old, value)).ToList();
        return held.Count == 0 ? null : ParameterForms.Key(tool, parameter, random.Pick(held));
    }

    /// <summary>A value that the row does not have; null for what may be left out, if nothing tells what it could be.</summary>
    private JsonElement? Different(string parameter, PackageTool tool, CollectionSpec collection, FieldSpec field, JsonElement? row, bool needed)
    {
        var schema = FieldSchemas.Narrow(tool.SchemaOf(parameter)!.Value, field.Type);
        for (var attempt = 0; ; attempt++)
        {
            if (!values.TryValue(field.Name, schema, collection.Entity, out var drawn) && !needed)
            {
                return null;
            }

            var value = JsonSerializer.SerializeToElement(drawn);
            if (attempt == 4 || row is not { } current || !current.TryGetProperty(field.Name, out var old) || !CanonicalJson.AreEqual(old, value))
            {
                return value;
            }

            values.NextRow(collection.Entity, collection.Fields.Select(field => field.Name));
        }
    }

    /// <summary>Fills in what the schema requires but the program gives no meaning.</summary>
    private void AddOthers(PackageTool tool, CollectionSpec collection, List<SampledArgument> arguments, CallWishes wishes)
    {
        foreach (var parameter in tool.Required)
        {
            if (arguments.All(argument => argument.Parameter != parameter))
            {
                var schema = tool.SchemaOf(parameter)!.Value;
                var value = ConstantValue.Of(schema) ?? Handed(tool, parameter, wishes) ?? (NamesSomething(parameter, schema)
                    ? JsonSerializer.SerializeToElement(owners.Pick(parameter, schema, "", random)) : JsonSerializer.SerializeToElement(values.Value(parameter, schema, collection.Entity)));
                arguments.Add(new SampledArgument(parameter, ArgumentRole.Other, null, value));
            }
        }
    }

    /// <summary>Whether a text names one of a few things that an environment keeps no rows of.</summary>
    private static bool NamesSomething(string parameter, JsonElement schema) => ResultReader.TypeOf(schema) == "string" && FieldSchemas.EnumOf(schema).Count == 0
        && Words.Tokens(parameter) is { Count: > 1 } tokens && tokens[^1] is "id" or "arn" or "name" or "uuid";

    /// <summary>The call of a tool with some arguments and, for what else it requires, the values that its schema gives; null if those are not enough.</summary>
    public static SampledCall? Complete(PackageTool tool, IReadOnlyList<SampledArgument> arguments)
    {
        var all = arguments.ToList();
        foreach (var parameter in tool.Required.Where(name => all.All(argument => argument.Parameter != name)))
        {
            if (ConstantValue.Of(tool.SchemaOf(parameter)!.Value) is not { } value)
            {
                return null;
            }

            all.Add(new SampledArgument(parameter, ArgumentRole.Other, null, value));
        }

        return new SampledCall(tool, [.. all.OrderBy(argument => argument.Parameter, StringComparer.Ordinal)]);
    }

    /// <summary>What a person would call a row, or null.</summary>
    public static string? LabelOf(CollectionSpec collection, JsonElement row) =>
        collection.Label is { } label && row.TryGetProperty(label, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static FieldSpec Field(CollectionSpec collection, string name) => collection.Fields.First(field => field.Name == name);
}
