using System.Text.Json.Nodes;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Sets the counts that rows keep of the rows that refer to them: a shelf's <c>book_count</c> is the number of books on it.</summary>
internal static class ReferenceCounts
{
    /// <summary>Sets the counts of all rows; a count that its schema does not allow is left.</summary>
    public static void Set(EnvironmentSchema schema, IReadOnlyList<(CollectionSpec Collection, JsonObject Row)> rows)
    {
        foreach (var count in Of(schema))
        {
            var held = rows.Where(row => row.Collection == count.Counted && row.Row[count.By] is not null)
                .CountBy(row => StoredKey.Of(row.Row[count.By]!), StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            foreach (var (_, row) in rows.Where(row => row.Collection == count.Keeper && row.Row.ContainsKey(count.Field.Name)))
            {
                Coherence.TrySet(row, count.Field.Name, held.GetValueOrDefault(StoredKey.Of(row[count.Keeper.Key]!)), count.Field.Type);
            }
        }
    }

    /// <summary>The counts that a schema keeps.</summary>
    public static IEnumerable<(CollectionSpec Keeper, FieldSpec Field, CollectionSpec Counted, string By)> Of(EnvironmentSchema schema)
    {
        foreach (var collection in schema.Collections)
        {
            foreach (var field in collection.Fields.Where(field => ResultReader.TypeOf(field.Type) == "integer" && field.References is null && field.Name != collection.Key))
            {
                if (Words.Tokens(field.Name) is { Count: > 0 } tokens && Coherence.Counted(tokens) is { } counted && Referring(schema, collection, counted) is { } found)
                {
                    yield return (collection, field, found.Holder, found.Field);
                }
            }
        }
    }

    /// <summary>The collection of what is counted and its field that refers to the counting rows.</summary>
    private static (CollectionSpec Holder, string Field)? Referring(EnvironmentSchema schema, CollectionSpec collection, string counted)
    {
        var holder = schema.FindEntity(counted, collection) ?? schema.Collections.FirstOrDefault(other => other.Vendor == collection.Vendor && other.Entity.EndsWith("_" + counted, StringComparison.Ordinal));
        var field = holder?.Fields.FirstOrDefault(field => field.References == collection.Name);
        return field is null ? null : (holder!, field.Name);
    }
}
