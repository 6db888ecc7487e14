using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Who refers to the rows of a collection: rows that belong to them and go with them, and rows that keep them from going.</summary>
internal static class Holders
{
    /// <summary>
    /// The collections whose rows go when a row is deleted, and those that forbid it. What a path nests below the row (a required parent) and nothing
    /// else refers to goes; any other reference forbids.
    /// </summary>
    public static (IReadOnlyList<CollectionSpec> Dependent, IReadOnlyList<CollectionSpec> Others) Of(CollectionSpec collection, EnvironmentSchema schema)
    {
        var referring = schema.Collections.Where(other => other.Fields.Any(field => field.References == collection.Name)).ToList();
        var dependent = referring.Where(other => IsPart(other, collection, schema)).ToList();
        return (dependent, [.. referring.Except(dependent)]);
    }

    /// <summary>Whether rows of one collection are parts of another's, by name (<c>order_item</c> of <c>order</c>), and no row refers to them in turn.</summary>
    private static bool IsPart(CollectionSpec part, CollectionSpec whole, EnvironmentSchema schema) =>
        part.Name != whole.Name
        && part.Entity.StartsWith(whole.Entity + "_", StringComparison.Ordinal)
        && part.Fields.Count(field => field.References == whole.Name) == 1
        && !schema.Collections.Any(other => other.Fields.Any(field => field.References == part.Name));
}
