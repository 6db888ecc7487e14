using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>Reads what a model says of its program as a binding, and finds what of it can't be so whatever the program does.</summary>
internal static class BindingAnswers
{
    /// <summary>The binding.</summary>
    public static ToolBinding Read(ProgramAnswer answer) => new()
    {
        Kind = answer.Kind,
        Collection = answer.Collection,
        KeyParameter = answer.KeyParameter,
        Fields = Map(answer.Fields),
        Owners = Map(answer.Owners),
        Lists = answer.Lists.Count > 0 ? Map(answer.Lists) : null,
        Ranges = answer.Ranges.Count > 0 ? new SortedDictionary<string, RangeBound>(answer.Ranges.ToDictionary(range => range.Parameter, range => new RangeBound(range.Field, range.Operator!)), StringComparer.Ordinal) : null,
        Joins = answer.Joins.Count > 0 ? answer.Joins : null,
        QueryParameter = answer.QueryParameter,
        Status = answer.Status is { } change ? change with { From = [.. change.From.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] } : null,
        ResultPath = answer.ResultPath,
        ResultFields = new SortedDictionary<string, string>(answer.ResultFields.ToDictionary(shown => shown.Property, shown => shown.Field), StringComparer.Ordinal),
    };

    /// <summary>What is wrong, a sentence each.</summary>
    public static List<string> Faults(ProgramAnswer answer, ToolSpec tool, EnvironmentSchema schema)
    {
        if (schema.Find(answer.Collection) is not { } collection)
        {
            return [$"collection: expected one of {string.Join(", ", schema.Collections.Select(other => other.Name))}, found '{answer.Collection}'"];
        }

        var parameters = tool.Parameters.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(property => property.Name).ToList() : [];
        var faults = new List<string>();
        Parameter("keyParameter", answer.KeyParameter);
        Parameter("queryParameter", answer.QueryParameter);
        Pairs("fields", answer.Fields);
        Pairs("owners", answer.Owners);
        Pairs("ranges", answer.Ranges);
        Pairs("lists", answer.Lists);
        foreach (var join in answer.Joins)
        {
            Field("joins", join);
        }

        foreach (var shown in answer.ResultFields)
        {
            Field("resultFields", shown.Field);
        }

        Once("resultFields", answer.ResultFields.Select(shown => shown.Property));
        Once("parameters", answer.Fields.Concat(answer.Owners).Concat(answer.Ranges).Concat(answer.Lists).Select(pair => pair.Parameter).Concat(new[] { answer.KeyParameter, answer.QueryParameter }.OfType<string>()));
        faults.AddRange(KindFaults(answer, collection));
        return faults;

        void Parameter(string place, string? name)
        {
            if (name is not null && !parameters.Contains(name))
            {
                faults.Add($"{place}: the tool has no parameter '{name}'; it has {string.Join(", ", parameters)}");
            }
        }

        void Field(string place, string name)
        {
            if (collection.Fields.All(field => field.Name != name))
            {
                faults.Add($"{place}: {collection.Name} has no field '{name}'; it has {string.Join(", ", collection.Fields.Select(field => field.Name))}");
            }
        }

        void Pairs(string place, IReadOnlyList<ParameterField> pairs)
        {
            foreach (var pair in pairs)
            {
                Parameter(place, pair.Parameter);
                Field(place, pair.Field);
            }
        }

        void Once(string place, IEnumerable<string> names)
        {
            if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                faults.Add($"{place}: '{twice.Key}' is there twice; each has one meaning");
            }
        }
    }

    private static IEnumerable<string> KindFaults(ProgramAnswer answer, CollectionSpec collection)
    {
        var reads = answer.Kind is OperationKind.Get or OperationKind.List or OperationKind.Search;
        if (answer.Kind != OperationKind.Other && reads == answer.Writes)
        {
            yield return $"writes: a tool of the kind {EnumWord.Of(answer.Kind)} {(reads ? "reads" : "writes")}";
        }

        if (answer.Kind is OperationKind.Get or OperationKind.Update or OperationKind.Delete or OperationKind.Status && answer.KeyParameter is null && answer.Owners.Count < 2)
        {
            yield return $"keyParameter: a tool of the kind {EnumWord.Of(answer.Kind)} names one row; if it does not, its kind is other";
        }

        if (answer.Kind is OperationKind.List or OperationKind.Search or OperationKind.Create && answer.KeyParameter is not null)
        {
            yield return $"keyParameter: a tool of the kind {EnumWord.Of(answer.Kind)} names no row that is there; a filter or a new key belongs to fields";
        }

        if (answer.Kind == OperationKind.Update && answer.Fields.Count + answer.Lists.Count == 0)
        {
            yield return "fields: an update says which parameters change which fields; if none does, its kind is other";
        }

        if (answer.Kind == OperationKind.Search && (answer.QueryParameter is null || collection.Label is null))
        {
            yield return "kind: a search has a queryParameter, and a collection with a label; if not, it is a list or other";
        }

        if ((answer.Kind == OperationKind.Status) != (answer.Status is not null))
        {
            yield return "status: it is given for the kind status, and null for all others";
        }

        if (answer.Status is { } change)
        {
            var field = collection.Fields.FirstOrDefault(field => field.Name == change.Field);
            var allowed = field is null ? [] : FieldSchemas.EnumOf(field.Type);
            if (allowed.Count == 0 || !allowed.Contains(change.To) || change.From.Any(value => !allowed.Contains(value)) || change.From.Contains(change.To))
            {
                yield return $"status: expected a field with an enum, and other values of it to come from than to go to; {change.Field} allows {(allowed.Count == 0 ? "no list of values" : string.Join(", ", allowed))}";
            }
        }

        if (reads && (answer.ResultPath is null || answer.ResultFields.Count == 0))
        {
            yield return $"resultFields: a tool of the kind {EnumWord.Of(answer.Kind)} shows rows; say where and which fields, or its kind is other";
        }
    }

    private static SortedDictionary<string, string> Map(IReadOnlyList<ParameterField> pairs) =>
        new(pairs.ToDictionary(pair => pair.Parameter, pair => pair.Field), StringComparer.Ordinal);
}
