using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// Makes rows belong together: a line of an order has the order's customer, a table of a database lies in the database's project. What a row says of where it
/// belongs is what the row that it refers to says.
/// </summary>
internal static class OwnerChains
{
    /// <summary>The fields of a collection that a referenced row has too, and decides: whom both belong to, or what both refer to.</summary>
    public static IReadOnlyList<(FieldSpec Own, FieldSpec Theirs)> Shared(EnvironmentSchema schema, CollectionSpec collection, FieldSpec reference)
    {
        if (reference.References is null || reference.References == collection.Name || schema.Find(reference.References) is not { } target)
        {
            return [];
        }

        return
        [
            .. collection.Fields.Where(own => own != reference && own.Name != collection.Key)
                .Select(own => (Own: own, Theirs: target.Fields.FirstOrDefault(theirs => theirs.Name != target.Key && IsSame(collection, own, target, theirs))))
                .Where(pair => pair.Theirs is not null).Select(pair => (pair.Own, pair.Theirs!)),
        ];
    }

    /// <summary>Whether a field says where rows belong: a part of the path above them, or an id of something without rows.</summary>
    public static bool IsOwner(CollectionSpec collection, FieldSpec field) =>
        field.References is null && (Values.Owners.DepthOf(field.Type) is not null || RowGenerator.IsOutsideId(collection, field) || Values.ResourceName.FormOf(field.Type) is not null);

    /// <summary>Settles the references and owners of all rows.</summary>
    /// <param name="choices">The rows of a collection that others may refer to.</param>
    public static void Settle(EnvironmentSchema schema, IReadOnlyList<(CollectionSpec Collection, JsonObject Row)> rows, Func<string, IReadOnlyList<JsonObject>> choices, SeededRandom random)
    {
        var byKey = rows.GroupBy(row => row.Collection.Name, StringComparer.Ordinal).ToDictionary(
            group => group.Key, group => group.ToDictionary(row => StoredKey.Of(row.Row[row.Collection.Key]!), row => row.Row, StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var collection in InOrder(schema))
        {
            var references = collection.Fields.Where(field => field.References is not null).Select(field => (Field: field, Shared: Shared(schema, collection, field)))
                .Where(reference => reference.Shared.Count > 0).OrderByDescending(reference => reference.Shared.Count).ToList();
            foreach (var (_, row) in references.Count == 0 ? [] : rows.Where(row => row.Collection == collection))
            {
                Settle(schema, row, references, byKey, choices, random);
            }
        }
    }

    private static void Settle(
        EnvironmentSchema schema, JsonObject row, List<(FieldSpec Field, IReadOnlyList<(FieldSpec Own, FieldSpec Theirs)> Shared)> references, Dictionary<string, Dictionary<string, JsonObject>> byKey,
        Func<string, IReadOnlyList<JsonObject>> choices, SeededRandom random)
    {
        var settled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (field, shared) in references)
        {
            if (row[field.Name] is not { } key || !byKey[field.References!].TryGetValue(StoredKey.Of(key), out var target))
            {
                continue;
            }

            bool Fits(JsonObject other) => shared.All(pair => !settled.Contains(pair.Own.Name) || JsonNode.DeepEquals(other[pair.Theirs.Name], row[pair.Own.Name]));
            if (!settled.Contains(field.Name) && !Fits(target) && choices(field.References!).Where(Fits).ToList() is { Count: > 0 } fitting)
            {
                target = random.Pick(fitting);
                row[field.Name] = target[schema.Find(field.References!)!.Key]!.DeepClone();
            }

            foreach (var (own, theirs) in shared.Where(pair => !settled.Contains(pair.Own.Name) && target[pair.Theirs.Name] is not null))
            {
                row[own.Name] = target[theirs.Name]!.DeepClone();
                settled.Add(own.Name);
            }

            settled.Add(field.Name);
        }
    }

    private static bool IsSame(CollectionSpec collection, FieldSpec own, CollectionSpec target, FieldSpec theirs) => own.References is not null
        ? own.References == theirs.References && own.References != target.Name && own.References != collection.Name
        : IsOwner(collection, own) && IsOwner(target, theirs) && Words.Tokens(own.Name).SequenceEqual(Words.Tokens(theirs.Name)) && ResultReader.TypeOf(own.Type) == ResultReader.TypeOf(theirs.Type);

    /// <summary>The collections, each after those that it refers to, as far as they don't refer to each other in a ring.</summary>
    private static List<CollectionSpec> InOrder(EnvironmentSchema schema)
    {
        var ordered = new List<CollectionSpec>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var collection in schema.Collections)
        {
            Visit(collection);
        }

        return ordered;

        void Visit(CollectionSpec collection)
        {
            if (!seen.Add(collection.Name))
            {
                return;
            }

            foreach (var target in collection.Fields.Select(field => field.References).OfType<string>().Select(schema.Find).OfType<CollectionSpec>())
            {
                Visit(target);
            }

            ordered.Add(collection);
        }
    }
}
