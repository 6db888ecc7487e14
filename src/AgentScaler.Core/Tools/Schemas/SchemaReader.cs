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
    public JsonObject? Read(SchemaPart part, int level) => Read([part], level, 0, isMember: false).Schema;

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

            if (Read(parts, level, nesting, isMember: true) is not ({ } merged, { } property))
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

    /// <summary>Joins parts and brings them into normal form; what a bare reference leads to, only once.</summary>
    /// <param name="isMember">Whether it is a property: those of the other direction are left out.</param>
    private (MergedSchema Merged, JsonObject? Schema) Read(IReadOnlyList<SchemaPart> parts, int level, int nesting, bool isMember)
    {
        if (parts is not [var part] || BareReference(part) is not { } key)
        {
            return Fresh();
        }

        var memo = references.Memo;
        if (memo.Find(use, isMember, key, level, nesting, part.Chain, budget.Left) is { } known)
        {
            budget.Take(known.Visited);
            return (known.Merged, (JsonObject?)known.Schema?.DeepClone());
        }

        var left = budget.Left;
        memo.Start();
        var (merged, schema) = Fresh();
        var keys = memo.End();
        if (!budget.Exhausted)
        {
            memo.Keep(use, isMember, key, level, nesting, part.Chain, new SchemaMemo.Entry(merged, (JsonObject?)schema?.DeepClone(), left - budget.Left, keys));
        }

        return (merged, schema);

        (MergedSchema, JsonObject?) Fresh()
        {
            var joined = Merge(parts);
            return (joined, isMember && joined.IsTrue(use == SchemaUse.Argument ? "readOnly" : "writeOnly") ? null : Build(joined, parts[0].Place, level, nesting));
        }
    }

    /// <summary>The key of what a schema that is nothing but a reference leads to, or null.</summary>
    private string? BareReference(SchemaPart part) =>
        part.Schema.ValueKind == JsonValueKind.Object
        && part.Schema.GetPropertyCount() == 1
        && part.Schema.Text("$ref") is { } reference
            ? references.Resolve(reference, part.Place)?.Key
            : null;

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

        return part is null || nesting == MaximumNesting ? [] : Read([part], level, nesting + 1, isMember: false).Schema ?? [];
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
                result["additionalProperties"] = Read([values], level + 1, nesting + 1, isMember: false).Schema ?? (JsonNode)false;
                break;
        }
    }
}
