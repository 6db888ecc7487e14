using System.Text.Json;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.Schemas;

/// <summary>
/// Gathers the layers of a schema: reference targets with their siblings, <c>allOf</c>, the first alternative of <c>oneOf</c> and <c>anyOf</c>.
/// </summary>
internal sealed class SchemaMerger(References references, ProblemList problems, SchemaBudget budget)
{
    /// <summary>Longest way through references, <c>allOf</c> and alternatives to one layer.</summary>
    private const int MaximumSteps = 48;

    public MergedSchema Merge(params IEnumerable<SchemaPart> parts)
    {
        var merged = new MergedSchema();
        foreach (var part in parts)
        {
            Gather(part, merged, 0);
        }

        return merged;
    }

    private void Gather(SchemaPart part, MergedSchema into, int steps)
    {
        var schema = part.Schema;
        switch (schema.ValueKind)
        {
            case JsonValueKind.True:
                return;
            case JsonValueKind.False:
                into.Never = true;
                return;
            case not JsonValueKind.Object:
                problems.Add("schema.invalid", part.Place, schema.ValueKind.ToString(), "a schema (object or boolean); read as any value");
                return;
        }

        if (steps == MaximumSteps || !budget.Take())
        {
            SchemaBudget.Report(problems, part.Place);
            return;
        }

        if (schema.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String)
        {
            GatherReference(part, reference.GetString()!, into, steps);
        }

        if (schema.TryGetProperty("allOf", out var all) && all.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var member in all.EnumerateArray())
            {
                Gather(part with { Schema = member, Place = part.Place.Down("allOf").Down(index++) }, into, steps + 1);
            }
        }

        GatherAlternative(part, "oneOf", into, steps);
        GatherAlternative(part, "anyOf", into, steps);
        into.Add(part);
    }

    private void GatherReference(SchemaPart part, string reference, MergedSchema into, int steps)
    {
        if (references.Resolve(reference, part.Place) is not { } target)
        {
            return;
        }

        references.Memo.Note(target.Key);
        if (RefChain.Contains(part.Chain, target.Key))
        {
            into.Recursion = target.Value;
            return;
        }

        Gather(new SchemaPart(target.Value, target.Place, new RefChain(part.Chain, target.Key)), into, steps + 1);
    }

    private void GatherAlternative(SchemaPart part, string keyword, MergedSchema into, int steps)
    {
        if (!part.Schema.TryGetProperty(keyword, out var alternatives) || alternatives.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var index = 0;
        foreach (var alternative in alternatives.EnumerateArray())
        {
            if (!IsNull(alternative))
            {
                Gather(part with { Schema = alternative, Place = part.Place.Down(keyword).Down(index) }, into, steps + 1);
                return;
            }

            index++;
        }
    }

    private static bool IsNull(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.False
        || (schema.ValueKind == JsonValueKind.Object
            && ((schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("null"))
                || (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
                    && values.GetArrayLength() == 1 && values[0].ValueKind == JsonValueKind.Null)
                || (schema.TryGetProperty("const", out var constant) && constant.ValueKind == JsonValueKind.Null)));
}
