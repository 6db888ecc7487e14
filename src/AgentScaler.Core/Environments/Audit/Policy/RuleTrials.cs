using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Audit.Policy;

/// <summary>
/// Tries the rules of a policy on a tool: a call within each rule must succeed, one against it must be refused with the rule's error and change nothing.
/// Where no row of the initial state lets a call be against a rule, a row is changed so that it does. Rules on conduct are for transcripts.
/// </summary>
internal sealed class RuleTrials
{
    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private readonly EnvironmentEngine engine;
    private readonly LoadedEnvironment environment;
    private readonly EnvironmentPackage package;
    private readonly PackageTool tool;
    private readonly CollectionSpec collection;
    private readonly Seed seed;
    private readonly IReadOnlyList<SampledCall> samples;

    private RuleTrials(EnvironmentEngine engine, LoadedEnvironment environment, PackageTool tool, CollectionSpec collection, Seed seed, IReadOnlyList<SampledCall> samples)
    {
        this.engine = engine;
        this.environment = environment;
        package = environment.Package;
        this.tool = tool;
        this.collection = collection;
        this.seed = seed;
        this.samples = samples;
    }

    /// <summary>One for each rule on state that binds the tool.</summary>
    /// <param name="samples">Valid calls of the tool.</param>
    public static IReadOnlyList<RuleTrial> Of(EnvironmentEngine engine, LoadedEnvironment environment, PackageTool tool, Seed seed, IReadOnlyList<SampledCall> samples)
    {
        var rules = environment.Package.Rules.Where(rule => rule.Kind != PolicyRuleKind.Confirm && rule.Tools.Contains(tool.Name));
        return environment.Package.Schema.Find(tool.Binding.Collection) is { } collection
            ? [.. rules.Select(new RuleTrials(engine, environment, tool, collection, seed, samples).Try)]
            : [.. rules.Select(rule => new RuleTrial(rule.Text, rule.Kind, RuleVerdict.NotExercised, null, null, [], "the tool is about no collection"))];
    }

    private RuleTrial Try(PolicyRule rule)
    {
        if (Within(rule) is not { } arguments)
        {
            return new RuleTrial(rule.Text, rule.Kind, RuleVerdict.NotExercised, null, null, [], "no valid call of the tool is about it");
        }

        if (rule.Kind == PolicyRuleKind.Cascade)
        {
            return Cascade(rule, arguments);
        }

        return Breaking(rule, arguments) is not { } call
            ? new RuleTrial(rule.Text, rule.Kind, RuleVerdict.NotExercised, arguments, null, [], Missing(rule))
            : Judge(rule, arguments, call.Arguments, call.Given);
    }

    /// <summary>A call that a rule is about and that succeeds: a valid one, else one with the value that a row has; null if there is none.</summary>
    private JsonElement? Within(PolicyRule rule)
    {
        var about = samples.Where(sample => Concerns(rule, sample)).Select(sample => sample.ToJson());
        var made = rule.Kind is PolicyRuleKind.Reference or PolicyRuleKind.Limit && ParameterOf(rule) is { } parameter
            ? samples.Select(sample => sample.ToJson()).SelectMany(call => Held(rule.Field!, except: KeyOf(call)) is { } value ? [With(call, parameter, ParameterValues.KeyFor(tool.SchemaOf(parameter)!.Value, value))] : Array.Empty<JsonElement>())
            : [];
        return about.Concat(made).Where(call => !engine.Open(environment, seed).Call(tool.Name, call).IsError).Select(call => (JsonElement?)call).FirstOrDefault();
    }

    /// <summary>Whether a call is about a rule: about the field that it bounds, else any call.</summary>
    private bool Concerns(PolicyRule rule, SampledCall sample) => rule.Kind is not (PolicyRuleKind.Reference or PolicyRuleKind.Unique or PolicyRuleKind.Limit)
        || (ParameterOf(rule) is { } parameter && sample.Arguments.Any(argument => argument.Parameter == parameter));

    private RuleTrial Judge(PolicyRule rule, JsonElement within, JsonElement against, IReadOnlyList<RowChange> given)
    {
        var session = engine.Open(environment, seed, given);
        var before = session.StateHash;
        var result = session.Call(tool.Name, against);
        var (verdict, note) = result switch
        {
            { IsError: false } => (RuleVerdict.Unenforced, "it succeeded"),
            _ when session.StateHash != before && !package.KeepChangesOnError => (RuleVerdict.Unenforced, "it was refused, but changed the state"),
            { ErrorCode: var code } when code == rule.Error => (RuleVerdict.Enforced, $"refused: {code}"),

            // Bounds may be the schema's to keep; of every other rule a refusal by the schema says nothing, since the program was not asked.
            { ErrorCode: "invalid_arguments" } => rule.Kind == PolicyRuleKind.Limit
                ? (RuleVerdict.Enforced, "refused by the schema of the arguments") : (RuleVerdict.NotExercised, "refused by the schema of the arguments, before the program was asked"),
            { ErrorCode: var code } when rule.Error is null => (RuleVerdict.Enforced, $"refused: {code}"),
            { ErrorCode: var code } => (RuleVerdict.NotExercised, $"refused for another reason: {code}"),
        };
        return new RuleTrial(rule.Text, rule.Kind, verdict, within, against, given, note);
    }

    /// <summary>Removes a row on which others hang, one made to where none does, and sees that they are gone.</summary>
    private RuleTrial Cascade(PolicyRule rule, JsonElement arguments)
    {
        var given = new List<RowChange>();
        if (KeyOf(arguments) is { } key)
        {
            given.AddRange(Referring(rule).Select(holder => Hung(holder.Rows, holder.Field, key)).OfType<RowChange>());
        }

        if (KeyOf(arguments) is not { } gone || given.Count == 0)
        {
            return new RuleTrial(rule.Text, rule.Kind, RuleVerdict.NotExercised, arguments, null, [], $"no row of {string.Join(" or ", rule.Values)} could hang on one that goes");
        }

        var session = engine.Open(environment, seed, given);
        var result = session.Call(tool.Name, arguments);
        var left = Referring(rule).Any(holder => session.Rows(holder.Rows.Name).Any(row => row.Value.TryGetProperty(holder.Field, out var held) && StoredKey.Of(held) == StoredKey.Of(gone)));
        return result.IsError
            ? new RuleTrial(rule.Text, rule.Kind, RuleVerdict.Unenforced, null, arguments, given, $"refused: {result.ErrorCode}")
            : new RuleTrial(rule.Text, rule.Kind, left ? RuleVerdict.Unenforced : RuleVerdict.Enforced, arguments, null, given, left ? "rows that belong to it stay" : "what belongs to it went too");
    }

    /// <summary>A call against a rule, with the rows that have to be changed for it; null if there is none.</summary>
    private (JsonElement Arguments, IReadOnlyList<RowChange> Given)? Breaking(PolicyRule rule, JsonElement within) => rule.Kind switch
    {
        PolicyRuleKind.Status => OutOfStatus(rule, within),
        PolicyRuleKind.InUse when KeyOf(within) is { } key => Referring(rule).Select(holder => Hung(holder.Rows, holder.Field, key)).OfType<RowChange>()
            .Select(change => ((JsonElement, IReadOnlyList<RowChange>)?)(within, [change])).FirstOrDefault(),
        PolicyRuleKind.Owner => rule.Values.Where(name => within.TryGetProperty(name, out _)).Select(name => ((JsonElement, IReadOnlyList<RowChange>)?)(With(within, name, OtherOwner(name, within)), [])).FirstOrDefault(),
        PolicyRuleKind.Reference when ParameterOf(rule) is { } parameter => (With(within, parameter, Unknown(parameter, within.GetProperty(parameter))), []),
        PolicyRuleKind.Unique when ParameterOf(rule) is { } parameter => Held(rule.Field!, except: KeyOf(within)) is { } value ? (With(within, parameter, Node(value)), []) : null,
        PolicyRuleKind.Limit when ParameterOf(rule) is { } parameter && (rule.Maximum ?? rule.Minimum) is { } bound => (With(within, parameter, JsonValue.Create(rule.Maximum is null ? bound - 1 : bound + 1)), []),
        _ => null,
    };

    private static string Missing(PolicyRule rule) => rule.Kind switch
    {
        PolicyRuleKind.Status => "no parameter names the row, or its field can hold no other status",
        PolicyRuleKind.InUse => $"no row of {string.Join(" or ", rule.Values)} could refer to it",
        PolicyRuleKind.Owner => "no valid call names what the row belongs to",
        PolicyRuleKind.Unique => "no row holds a value that could be given again",
        _ => "no parameter is known to give the field",
    };

    /// <summary>A row of a status that the rule leaves out; the row of a valid call moved to one where all rows are in others.</summary>
    private (JsonElement Arguments, IReadOnlyList<RowChange> Given)? OutOfStatus(PolicyRule rule, JsonElement within)
    {
        var rows = engine.Open(environment, seed);
        if (rule.Field is not { } field || collection.Fields.FirstOrDefault(other => other.Name == field) is not { } spec || KeyOf(within) is not { } key || rows.Row(collection.Name, StoredKey.Of(key)) is not { } row)
        {
            return null;
        }

        // The very row of a call that succeeded: nothing but the status can then be the reason of a refusal.
        var known = rows.Rows(collection.Name).Where(other => other.Value.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String).Select(other => other.Value.GetProperty(field).GetString()!);
        return FieldSchemas.EnumOf(spec.Type).Concat(known).FirstOrDefault(value => !rule.Values.Contains(value)) is { } other
            ? (within, [new RowChange(collection.Name, StoredKey.Of(key), With(row, field, other))])
            : null;
    }

    /// <summary>The collections that a rule names, with the field by which each refers to the rule's.</summary>
    private IEnumerable<(CollectionSpec Rows, string Field)> Referring(PolicyRule rule) => rule.Values.Select(package.Schema.Find).OfType<CollectionSpec>()
        .SelectMany(holder => holder.Fields.Where(field => field.References == (rule.Collection ?? collection.Name)).Select(field => (holder, field.Name)));

    /// <summary>A row made to refer to another; null if there is none to make.</summary>
    private RowChange? Hung(CollectionSpec holder, string field, JsonElement key)
    {
        var row = engine.Open(environment, seed).Rows(holder.Name).FirstOrDefault();
        return row.Key is null ? null : new RowChange(holder.Name, row.Key, With(row.Value, field, Node(KeyAsHeld(key))));
    }

    /// <summary>A key in the type in which rows hold it.</summary>
    private JsonElement KeyAsHeld(JsonElement key) => engine.Open(environment, seed).Row(collection.Name, StoredKey.Of(key)) is { } row && row.TryGetProperty(collection.Key, out var held) ? held : key;

    private JsonNode? OtherOwner(string parameter, JsonElement within)
    {
        var own = within.GetProperty(parameter);
        var field = tool.Binding.Owners.GetValueOrDefault(parameter);
        var rows = engine.Open(environment, seed).Rows(collection.Name).Where(row => field is not null && row.Value.TryGetProperty(field, out var held) && StoredKey.Of(held) != StoredKey.Of(own));
        return rows.FirstOrDefault() is { Key: not null } other ? ParameterValues.KeyFor(tool.SchemaOf(parameter)!.Value, other.Value.GetProperty(field!)) : Unknown(parameter, own);
    }

    /// <summary>A key that no row has, of the same form as one that a row has: the last letter or digit is another.</summary>
    private JsonNode? Unknown(string parameter, JsonElement known)
    {
        if (ResultReader.TypeOf(tool.SchemaOf(parameter)!.Value) is "integer" or "number")
        {
            return JsonValue.Create(1_999_999_999);
        }

        var text = known.ValueKind == JsonValueKind.String ? known.GetString()! : known.GetRawText();
        var at = text.AsSpan().LastIndexOfAny(LettersAndDigits);
        var others = at < 0 ? [] : (char.IsAsciiDigit(text[at]) ? "0123456789" : "abcdef").Select(other => text[..at] + other + text[(at + 1)..]);
        return others.FirstOrDefault(other => !package.State.Any(row => row.Key == other)) ?? "no-such-id";
    }

    private JsonElement? Held(string field, JsonElement? except) => engine.Open(environment, seed).Rows(collection.Name)
        .Where(row => (except is not { } own || row.Key != StoredKey.Of(own)) && row.Value.TryGetProperty(field, out _)).Select(row => (JsonElement?)row.Value.GetProperty(field)).FirstOrDefault();

    private string? ParameterOf(PolicyRule rule) =>
        tool.Binding.Fields.FirstOrDefault(bound => bound.Value == rule.Field).Key
        ?? (tool.Binding.Kind == OperationKind.Other && rule.Field is { } field && tool.SchemaOf(field) is not null ? field : null);

    /// <summary>The key that a call names; of a tool that only its program understands, by the parameter's name.</summary>
    private JsonElement? KeyOf(JsonElement arguments)
    {
        var parameter = tool.Binding.KeyParameter ?? (tool.Binding.Kind != OperationKind.Other ? null
            : arguments.EnumerateObject().Select(argument => argument.Name).FirstOrDefault(name => name == collection.Key || NameReader.EntityNamedBy(name) == collection.Entity));
        return parameter is not null && arguments.TryGetProperty(parameter, out var key) && key.ValueKind is JsonValueKind.String or JsonValueKind.Number ? key : null;
    }

    private static JsonElement With(JsonElement value, string name, JsonNode? part)
    {
        var changed = JsonNode.Parse(value.GetRawText())!.AsObject();
        changed[name] = part;
        return JsonSerializer.SerializeToElement(changed);
    }

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
