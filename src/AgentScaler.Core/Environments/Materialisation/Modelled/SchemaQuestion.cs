using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Given;
using AgentScaler.Environments.Packages;
using AgentScaler.Models.Prompts;
using AgentScaler.Models.Structured;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>Asks for the database schema of a domain, and takes only one that rows can be made of.</summary>
internal sealed class SchemaQuestion(EnvironmentSettings settings, Seed seed)
{
    private const int LongestTool = 8_000;
    private const int LongestType = 4_000;
    private const int Deepest = 6;

    /// <summary>Most that a field's type may demand of items or characters: rows are made of it.</summary>
    private const int MostDemanded = 100;

    private static readonly JsonElement Form = JsonElement.Parse(
        """
        {"type":"object","additionalProperties":false,"required":["collections"],"properties":{"collections":{"type":"array","minItems":1,"maxItems":40,"items":
          {"type":"object","additionalProperties":false,"required":["name","entity","key","fields"],"properties":{
            "name":{"type":"string","description":"plural, snake_case","maxLength":60},
            "entity":{"type":"string","description":"singular, snake_case","minLength":1,"maxLength":60},
            "key":{"type":"string","description":"the field that holds the id"},
            "label":{"type":["string","null"],"description":"the text field by which a person names a row"},
            "fields":{"type":"array","minItems":2,"maxItems":80,"items":{"type":"object","additionalProperties":false,"required":["name","type","required"],"properties":{
              "name":{"type":"string","minLength":1,"maxLength":80},
              "type":{"type":"object","description":"JSON Schema of the value"},
              "required":{"type":"boolean","description":"whether every row has it"},
              "references":{"type":["string","null"],"description":"the collection whose key it holds"},
              "setLike":{"type":"boolean","description":"an array whose order means nothing"}}}}}}}}}
        """);

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal) { "string", "integer", "number", "boolean", "array", "object" };

    /// <summary>The prompt.</summary>
    public static Prompt Prompt { get; } = Prompt.Load("environment-schema");

    /// <summary>The question.</summary>
    public StructuredQuestion<EnvironmentSchema> Ask(IReadOnlyList<ToolSpec> tools)
    {
        var (system, text) = TwoPartPrompt.Fill(Prompt, ("tools", string.Join('\n', tools.Select(tool => ToolSheet.Of(tool, LongestTool)))));
        return new StructuredQuestion<EnvironmentSchema> { Name = "environment_schema", System = system, Text = text, Schema = Form, Check = Faults };
    }

    /// <summary>The schema as packages have it: collections sorted, types cut to what rows and programs need.</summary>
    public static EnvironmentSchema Normal(EnvironmentSchema answer) => new(
    [
        .. answer.Collections.OrderBy(collection => collection.Name, StringComparer.Ordinal).Select(collection => collection with
        {
            Fields = [.. collection.Fields.Select(field => field with { Type = FieldSchemas.Of(field.Type)!.Value, Required = field.Required || field.Name == collection.Key })],
        }),
    ]);

    private IReadOnlyList<string> Faults(EnvironmentSchema answer)
    {
        var faults = answer.Collections.SelectMany(collection => collection.Fields.Select(field => TypeFault(field.Type, 0) is { } fault ? $"{collection.Name}.{field.Name}: {fault}" : null)).OfType<string>().ToList();
        if (faults.Count > 0)
        {
            return faults;
        }

        try
        {
            var schema = GivenParts.CheckedSchema(Normal(answer));
            faults.AddRange(schema.Collections.SelectMany(collection => KeyFaults(schema, collection)));
            return faults.Count > 0 ? faults : RowFaults(schema);
        }
        catch (Exception e) when (e is PackageException or InvalidOperationException or ArgumentException or KeyNotFoundException or FormatException or OverflowException or JsonException)
        {
            return [e.Message];
        }
    }

    private static string? TypeFault(JsonElement type, int depth)
    {
        if (type.ValueKind != JsonValueKind.Object || ResultReader.TypeOf(type) is not { } name || !Types.Contains(name))
        {
            return $"its type must be a JSON Schema with one of the types {string.Join(", ", Types)}";
        }

        if (depth == 0 && type.GetRawText().Length > LongestType)
        {
            return $"its type is longer than {LongestType} characters";
        }

        if (depth > Deepest)
        {
            return $"its type is nested deeper than {Deepest}";
        }

        foreach (var keyword in (string[])["minItems", "minLength", "minimum", "maximum", "maxItems", "maxLength"])
        {
            if (type.TryGetProperty(keyword, out var bound) && (bound.ValueKind != JsonValueKind.Number || (keyword is "minItems" or "minLength" && bound.GetDouble() is < 0 or > MostDemanded)))
            {
                return $"{keyword} must be a number" + (keyword is "minItems" or "minLength" ? $" from 0 to {MostDemanded}" : "");
            }
        }

        if (type.TryGetProperty("enum", out var values) && (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0))
        {
            return "its enum must be a list of values";
        }

        var inner = ResultReader.Properties(type).Select(property => property.Value);
        return (type.TryGetProperty("items", out var items) ? inner.Append(items) : inner).Select(part => TypeFault(part, depth + 1)).FirstOrDefault(fault => fault is not null);
    }

    private static IEnumerable<string> KeyFaults(EnvironmentSchema schema, CollectionSpec collection)
    {
        if (ResultReader.TypeOf(TypeOfKey(collection)) is not ("string" or "integer"))
        {
            yield return $"{collection.Name}.{collection.Key}: a key must be a string or an integer";
        }

        if (collection.Label is { } label && ResultReader.TypeOf(collection.Fields.First(field => field.Name == label).Type) != "string")
        {
            yield return $"{collection.Name}.{label}: a label must be a string";
        }

        foreach (var field in collection.Fields.Where(field => field.References is not null))
        {
            if (field.Name == collection.Key)
            {
                yield return $"{collection.Name}.{field.Name}: a key can't be a reference too; give the rows an id of their own";
            }
            else if (ResultReader.TypeOf(field.Type) != ResultReader.TypeOf(TypeOfKey(schema.Find(field.References!)!)))
            {
                yield return $"{collection.Name}.{field.Name}: its type must be that of the key of {field.References}";
            }
        }
    }

    private static JsonElement TypeOfKey(CollectionSpec collection) => collection.Fields.First(field => field.Name == collection.Key).Type;

    /// <summary>What is wrong with rows made of the schema: bounds that cross, values that no maker knows.</summary>
    private List<string> RowFaults(EnvironmentSchema schema)
    {
        var rows = RowGenerator.Generate(schema, settings, seed);
        var faults = schema.Collections.Where(collection => rows.All(row => row.Collection != collection.Name)).Select(collection => $"{collection.Name}: no row can be made of it").ToList();
        foreach (var collection in schema.Collections)
        {
            var form = StateCheck.RowSchema(collection);
            faults.AddRange(rows.Where(row => row.Collection == collection.Name).SelectMany(row => form.Validate(row.Row)).Select(error => $"{collection.Name}, a row made of it: {error}").Distinct(StringComparer.Ordinal).Take(3));
        }

        return faults;
    }
}
