using AgentScaler.Environments.Packages;
using static System.FormattableString;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Derives the rules of a policy from what the programs enforce, and says which calls need the user's word first.</summary>
internal static class PolicyRules
{
    /// <summary>Greater limits are those of a number's type, no rule of anybody's.</summary>
    private const double LargestLimit = 1_000_000;

    /// <summary>The rules, conduct first, then by tool.</summary>
    public static IReadOnlyList<PolicyRule> Derive(EnvironmentSchema schema, IReadOnlyList<PackageTool> tools) =>
    [
        .. Confirmations(tools, schema),
        .. tools.Where(tool => tool.Binding.Status is not null).Select(tool => Status(tool, schema)),
        .. tools.Where(tool => tool.Binding.Kind == OperationKind.Delete).SelectMany(tool => Deletions(tool, schema)),
        .. tools.Where(tool => tool.Binding.Owners.Count > 0 && tool.Binding.KeyParameter is not null).Select(tool => Owner(tool, schema)),
        .. schema.Collections.SelectMany(collection => References(collection, tools, schema)),
        .. schema.Collections.SelectMany(collection => Uniques(collection, tools)),
        .. schema.Collections.SelectMany(collection => Limits(collection, tools)),
    ];

    /// <summary>What can't be taken back: removing a row, and moving it to a status that none of the tools leads out of.</summary>
    private static IEnumerable<PolicyRule> Confirmations(IReadOnlyList<PackageTool> tools, EnvironmentSchema schema)
    {
        var final = tools.Where(tool => tool.Binding.Kind == OperationKind.Delete
            || (tool.Binding.Status is { } change && StatusPlan.IsTerminal(change.To))).ToList();
        return final.Count == 0 ? [] :
        [
            new PolicyRule
            {
                Kind = PolicyRuleKind.Confirm,
                Text = $"Before you {Choice(Deeds(final, schema))}, say what you are about to do and wait for the user's agreement: it can't be taken back.",
                Tools = [.. final.Select(tool => tool.Name)],
            },
        ];
    }

    private static PolicyRule Status(PackageTool tool, EnvironmentSchema schema)
    {
        var change = tool.Binding.Status!;
        return new PolicyRule
        {
            Kind = PolicyRuleKind.Status,
            Text = $"To {OperationDeeds.Infinitive(tool, schema)}, it must be {Choice(change.From)}; it is then {change.To}.",
            Tools = [tool.Name],
            Collection = tool.Binding.Collection,
            Field = change.Field,
            Values = change.From,
            Error = "invalid_state",
        };
    }

    private static IEnumerable<PolicyRule> Deletions(PackageTool tool, EnvironmentSchema schema)
    {
        var collection = schema.Find(tool.Binding.Collection)!;
        var (dependent, holders) = Holders.Of(collection, schema);
        if (holders.Count > 0)
        {
            yield return new PolicyRule
            {
                Kind = PolicyRuleKind.InUse,
                Text = $"{Sentence(collection.Name)} that {Choice(holders.Select(holder => holder.Name.Replace('_', ' ')))} refer to can't be deleted.",
                Tools = [tool.Name],
                Collection = collection.Name,
                Values = [.. holders.Select(holder => holder.Name)],
                Error = "in_use",
            };
        }

        if (dependent.Count > 0)
        {
            yield return new PolicyRule
            {
                Kind = PolicyRuleKind.Cascade,
                Text = $"{OperationDeeds.Gerund(tool, schema)} deletes its {string.Join(" and ", dependent.Select(other => other.Name.Replace('_', ' ')))} too.",
                Tools = [tool.Name],
                Collection = collection.Name,
                Values = [.. dependent.Select(other => other.Name)],
            };
        }
    }

    private static PolicyRule Owner(PackageTool tool, EnvironmentSchema schema) => new()
    {
        Kind = PolicyRuleKind.Owner,
        Text = $"{OperationDeeds.Gerund(tool, schema)} takes the {string.Join(" and the ", tool.Binding.Owners.Keys.Select(name => $"`{name}`"))} that it belongs to.",
        Tools = [tool.Name],
        Collection = tool.Binding.Collection,
        Values = [.. tool.Binding.Owners.Keys],
        Error = "not_found",
    };

    private static IEnumerable<PolicyRule> References(CollectionSpec collection, IReadOnlyList<PackageTool> tools, EnvironmentSchema schema)
    {
        foreach (var field in collection.Fields.Where(field => field.References is not null))
        {
            // A path names a thing, so what it names is "not found"; a value that refers to nothing is a bad value.
            var writers = tools.Where(tool => tool.Writes && tool.Binding.Collection == collection.Name && tool.Binding.Fields.ContainsValue(field.Name))
                .GroupBy(tool => InPath(tool, field) ? "not_found" : "invalid_reference").OrderBy(group => group.Key, StringComparer.Ordinal);
            foreach (var group in writers)
            {
                var text = $"To {Choice(Deeds([.. group], schema))}, the `{field.Name}` must name one of the {field.References!.Replace('_', ' ')} that exist.";
                yield return OfField(PolicyRuleKind.Reference, text, group, collection, field, group.Key);
            }
        }
    }

    private static IEnumerable<PolicyRule> Uniques(CollectionSpec collection, IReadOnlyList<PackageTool> tools)
    {
        foreach (var field in UniqueFields.Of(collection))
        {
            var creators = tools.Where(tool => tool.Binding.Kind == OperationKind.Create && tool.Binding.Collection == collection.Name && tool.Binding.Fields.ContainsValue(field.Name)).ToList();
            if (creators.Count > 0)
            {
                var text = $"No two {collection.Name.Replace('_', ' ')} may have the same `{field.Name}`.";
                yield return OfField(PolicyRuleKind.Unique, text, creators, collection, field, "conflict");
            }
        }
    }

    /// <summary>What numbers may be, where a schema bounds them by more than what a number can be.</summary>
    private static IEnumerable<PolicyRule> Limits(CollectionSpec collection, IReadOnlyList<PackageTool> tools)
    {
        foreach (var field in collection.Fields.Where(field => field.Name != collection.Key && field.References is null && ResultReader.TypeOf(field.Type) is "integer" or "number" && FieldSchemas.EnumOf(field.Type).Count == 0))
        {
            var least = FieldSchemas.Number(field.Type, "minimum") is > 0 and var minimum ? minimum : (double?)null;
            var most = FieldSchemas.Number(field.Type, "maximum") is <= LargestLimit and var maximum ? maximum : (double?)null;
            var writers = tools.Where(tool => tool.Writes && tool.Binding.Collection == collection.Name && tool.Binding.Fields.ContainsValue(field.Name)).ToList();
            if (writers.Count > 0 && (least is not null || most is not null))
            {
                var range = (least, most) switch
                {
                    ({ } low, { } high) => Invariant($"from {low} to {high}"),
                    ({ } low, null) => Invariant($"at least {low}"),
                    (_, { } high) => Invariant($"at most {high}"),
                    _ => "",
                };
                yield return OfField(PolicyRuleKind.Limit, $"The `{field.Name}` of {OperationDeeds.A(collection.Noun.Replace('_', ' '))} must be {range}.", writers, collection, field, "invalid_value") with
                {
                    Minimum = least,
                    Maximum = most,
                };
            }
        }
    }

    private static PolicyRule OfField(PolicyRuleKind kind, string text, IEnumerable<PackageTool> tools, CollectionSpec collection, FieldSpec field, string error) => new()
    {
        Kind = kind,
        Text = text,
        Tools = [.. tools.Select(tool => tool.Name)],
        Collection = collection.Name,
        Field = field.Name,
        Error = error,
    };

    private static bool InPath(PackageTool tool, FieldSpec field) => tool.SchemaOf(tool.Binding.Fields.First(bound => bound.Value == field.Name).Key) is { } schema
        && schema.TryGetProperty("x-in", out var place) && place.GetString() == "path";

    private static IEnumerable<string> Deeds(IReadOnlyList<PackageTool> tools, EnvironmentSchema schema) =>
        tools.Select(tool => OperationDeeds.Infinitive(tool, schema)).Distinct(StringComparer.Ordinal);

    private static string Choice(IEnumerable<string> values) => string.Join(" or ", values);

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
}
