using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Calls;

/// <summary>Draws what a listing or a search is asked for, so that at least one row answers to it.</summary>
internal static class ListingArguments
{
    /// <summary>How often an optional filter is used beside another.</summary>
    private const double Beside = 0.2;

    /// <summary>Filters that one row answers to, with a text that it is found by where the tool searches; null if no row answers to what is required.</summary>
    /// <param name="wishes">What the listing should be of where that fits.</param>
    public static List<SampledArgument>? Draw(PackageTool tool, CollectionSpec collection, EnvironmentSession session, CallWishes wishes, SeededRandom random)
    {
        var query = tool.Binding.Kind == OperationKind.Search ? tool.Binding.QueryParameter : null;
        var required = tool.Required;
        var fields = tool.Binding.Fields.ToDictionary(bound => bound.Key, bound => collection.Fields.First(field => field.Name == bound.Value), StringComparer.Ordinal);
        var rows = session.Rows(collection.Name).Where(row => (query is null || CallSampler.LabelOf(collection, row.Value) is not null) && fields.All(field => !required.Contains(field.Key) || Held(tool, field.Key, field.Value, row.Value) is not null)).ToList();
        if (rows.Count == 0)
        {
            return null;
        }

        var wanted = rows.FindAll(row => query is not null && wishes.Rows.Contains(new RowKey(collection.Name, row.Key)));
        wanted = wanted.Count > 0 ? wanted : rows.FindAll(row => fields.Any(field => IsWanted(field.Key, field.Value, row.Value, wishes)));
        var row = random.Pick(wanted.Count > 0 ? wanted : rows).Value;
        var arguments = new List<SampledArgument>();
        if (query is not null)
        {
            arguments.Add(new SampledArgument(query, ArgumentRole.Query, null, JsonSerializer.SerializeToElement(CallSampler.LabelOf(collection, row))));
        }

        // Who searches for a label need not say it again.
        foreach (var parameter in random.Shuffle(fields.Keys.Where(parameter =>
            required.Contains(parameter) || (ParameterForms.IsSpoken(tool, parameter) && (query is null || fields[parameter].Name != collection.Label))).Order(StringComparer.Ordinal)))
        {
            var field = fields[parameter];
            if (!Add(parameter, Held(tool, parameter, field, row), field.References, isWanted: arguments.Count == 0 || IsWanted(parameter, field, row, wishes)))
            {
                return null;
            }
        }

        foreach (var (parameter, bound) in tool.Binding.Ranges ?? [])
        {
            if (!Add(parameter, BoundValues.Around(row, bound, tool.SchemaOf(parameter)!.Value, random), null, isWanted: false))
            {
                return null;
            }
        }

        foreach (var (parameter, name) in tool.Binding.Lists ?? [])
        {
            if (!Add(parameter, row.TryGetProperty(name, out var held) ? Listed(tool, parameter, held) : null, null, isWanted: arguments.Count == 0))
            {
                return null;
            }
        }

        return arguments;

        // False where a required argument has no value.
        bool Add(string parameter, JsonElement? value, string? references, bool isWanted)
        {
            var isRequired = required.Contains(parameter);
            if (value is { } given && (isRequired || isWanted || random.Chance(Beside)))
            {
                arguments.Add(new SampledArgument(parameter, references is null ? ArgumentRole.Filter : ArgumentRole.Reference, references, given));
                return true;
            }

            return !isRequired;
        }
    }

    /// <summary>What a row holds for a filter, as the parameter takes it; null if it holds nothing, or nothing the parameter may be.</summary>
    private static JsonElement? Held(PackageTool tool, string parameter, FieldSpec field, JsonElement row) =>
        row.TryGetProperty(field.Name, out var held) && FieldSchemas.Allows(tool.SchemaOf(parameter)!.Value, held) ? ParameterForms.Key(tool, parameter, held) : null;

    private static bool IsWanted(string parameter, FieldSpec field, JsonElement row, CallWishes wishes) =>
        row.TryGetProperty(field.Name, out var held) && held.ValueKind is JsonValueKind.String or JsonValueKind.Number && wishes.Wants(parameter, field.References, held);

    /// <summary>What a row holds as a parameter that takes a list, or a value of one, takes it; null if it holds nothing, or nothing the parameter may be.</summary>
    private static JsonElement? Listed(PackageTool tool, string parameter, JsonElement held)
    {
        var schema = tool.SchemaOf(parameter)!.Value;
        var first = held.ValueKind == JsonValueKind.Array ? held.EnumerateArray().FirstOrDefault() : held;
        var value = first.ValueKind == JsonValueKind.Undefined ? first : ResultReader.TypeOf(schema) == "array" ? JsonSerializer.SerializeToElement(new[] { first }) : first;
        return value.ValueKind != JsonValueKind.Undefined && FieldSchemas.Allows(schema, value) ? value.Clone() : null;
    }
}
