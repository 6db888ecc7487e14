using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.Schemas;

/// <summary>
/// Brings a schema into normal form: references inlined, parts joined, one type, and only the keywords that the later stages read.
/// Depth, visited schemas, enumerations and texts are bounded, so that no document can blow a tool up.
/// </summary>
internal sealed class SchemaReader(References references, ProblemList problems, SchemaBudget budget, SchemaUse use)
{
    /// <summary>Levels of properties that are inlined: a parameter is level 1, its properties level 2.</summary>
    private const int MaximumLevel = 4;

    /// <summary>Most levels of arrays and maps within each other.</summary>
    private const int MaximumNesting = 12;

    private readonly SchemaMerger merger = new(references, problems, budget);

    /// <summary>The normal form of a schema, or null if no value fits it.</summary>
    /// <param name="level">1 for a parameter, 0 for a result.</param>
    public JsonObject? Read(SchemaPart part, int level) => Build(Merge(part), part.Place, level, 0);

    /// <summary>Joins the parts of a schema.</summary>
    public MergedSchema Merge(params IEnumerable<SchemaPart> parts) => merger.Merge(parts);

    /// <summary>The properties of an object schema in normal form, in the document's order.</summary>
    /// <param name="level">The level the properties are on.</param>
    public IEnumerable<SchemaMember> Members(MergedSchema schema, int level, int nesting = 0)
    {
        var required = schema.Required();
        foreach (var (name, parts) in schema.Properties())
        {
            if (budget.Exhausted)
            {
                SchemaBudget.Report(problems, parts[0].Place);
                yield break;
            }

            var merged = Merge(parts);
            if (merged.IsTrue(use == SchemaUse.Argument ? "readOnly" : "writeOnly")
                || Build(merged, parts[0].Place, level, nesting) is not { } property)
            {
                continue;
            }

            yield return new SchemaMember(name, property, required.Contains(name) || merged.IsTrue("required"), merged);
        }
    }

    /// <summary>The normal form of joined parts, or null if no value fits.</summary>
    public JsonObject? Build(MergedSchema schema, JsonPlace place, int level, int nesting = 0)
    {
        if (schema.Never)
        {
            return null;
        }

        var type = SchemaType.Of(schema);
        var result = new JsonObject();
        SchemaKeywords.AddEnum(result, schema, ref type, place, problems);
        if (type is not null)
        {
            result["type"] = type;
        }

        SchemaKeywords.AddPlain(result, schema, type, place, problems);
        if (schema.Recursion is not null || schema.IsTrue("x-recursive"))
        {
            result["x-recursive"] = true;
        }

        if (type == "array")
        {
            result["items"] = Items(schema, level, nesting);
        }
        else if (type == "object" && level < MaximumLevel)
        {
            AddProperties(result, schema, level, nesting);
        }

        return result;
    }

    private JsonObject Items(MergedSchema schema, int level, int nesting)
    {
        var part = schema.Schema("items");
        if (part is null or { Schema.ValueKind: JsonValueKind.Array })
        {
            // A tuple: its first member stands for all, as its length and order can't be kept.
            part ??= schema.Schema("prefixItems");
            part = part is { Schema.ValueKind: JsonValueKind.Array } && part.Schema.GetArrayLength() > 0
                ? part with { Schema = part.Schema[0], Place = part.Place.Down(0) }
                : null;
        }

        return part is null || nesting == MaximumNesting ? [] : Build(Merge(part), part.Place, level, nesting + 1) ?? [];
    }

    private void AddProperties(JsonObject result, MergedSchema schema, int level, int nesting)
    {
        var properties = new JsonObject();
        var required = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var member in Members(schema, level + 1, nesting))
        {
            properties[member.Name] = member.Schema;
            if (member.Required)
            {
                required.Add(member.Name);
            }
        }

        if (properties.Count > 0)
        {
            result["properties"] = properties;
        }

        if (required.Count > 0)
        {
            result["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
        }

        switch (schema.Schema("additionalProperties"))
        {
            case { Schema.ValueKind: JsonValueKind.False }:
                result["additionalProperties"] = false;
                break;
            case { Schema.ValueKind: JsonValueKind.Object } values when nesting < MaximumNesting:
                result["additionalProperties"] = Build(Merge(values), values.Place, level + 1, nesting + 1) ?? (JsonNode)false;
                break;
        }
    }
}
