using AgentScaler.Tools;

namespace AgentScaler.Environments.Packages;

/// <summary>The database schema that all tools of an environment share (paper: "all tools of one domain share one database schema").</summary>
/// <param name="Collections">Sorted by name.</param>
public sealed record EnvironmentSchema(IReadOnlyList<CollectionSpec> Collections)
{
    /// <summary>The collection of that name, or null.</summary>
    public CollectionSpec? Find(string name) => Collections.FirstOrDefault(collection => collection.Name == name);

    /// <summary>The collection of an entity's rows, by whichever of its names: of the same provider as another collection, else nobody's in particular; null if there is none.</summary>
    public CollectionSpec? FindEntity(string entity, CollectionSpec beside) => Words.Names(entity)
        .Select(name => Collections.FirstOrDefault(collection => collection.Entity == name && collection.Vendor == beside.Vendor)
            ?? Collections.FirstOrDefault(collection => collection.Entity == name && collection.Vendor is null))
        .FirstOrDefault(collection => collection is not null);
}
