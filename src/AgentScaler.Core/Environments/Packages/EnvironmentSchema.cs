namespace AgentScaler.Environments.Packages;

/// <summary>The database schema that all tools of an environment share (paper: "all tools of one domain share one database schema").</summary>
/// <param name="Collections">Sorted by name.</param>
public sealed record EnvironmentSchema(IReadOnlyList<CollectionSpec> Collections)
{
    /// <summary>The collection of that name, or null.</summary>
    public CollectionSpec? Find(string name) => Collections.FirstOrDefault(collection => collection.Name == name);
}
