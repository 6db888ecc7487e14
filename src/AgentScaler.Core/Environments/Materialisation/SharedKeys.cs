using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// Collections whose rows are keyed by the id of something else: the logging of a cluster by the cluster's, the settings of an application by the application's. Their keys are
/// keys of that thing, so that what one tool shows of it is known to the others.
/// </summary>
internal static class SharedKeys
{
    /// <summary>By collection, the one whose keys its own are taken from; collections that have keys of their own are left out.</summary>
    public static IReadOnlyDictionary<string, CollectionSpec> Of(EnvironmentSchema schema)
    {
        var direct = new Dictionary<string, CollectionSpec>(StringComparer.Ordinal);
        foreach (var collection in schema.Collections)
        {
            if (NamedBy(collection) is { } named && (schema.FindEntity(named, collection) ?? schema.Collections.First(other => other.Vendor == collection.Vendor && NamedBy(other) == named)) is var source
                && source != collection && TypeOf(source) == TypeOf(collection))
            {
                direct[collection.Name] = source;
            }
        }

        return direct.Where(pair => Root(pair.Value).Name != pair.Key).ToDictionary(pair => pair.Key, pair => Root(pair.Value), StringComparer.Ordinal);

        CollectionSpec Root(CollectionSpec collection)
        {
            for (var hops = 0; hops < direct.Count && direct.TryGetValue(collection.Name, out var next); hops++)
            {
                collection = next;
            }

            return collection;
        }
    }

    /// <summary>The other entity that a collection's key names; null if it names the rows themselves.</summary>
    private static string? NamedBy(CollectionSpec collection) =>
        NameReader.EntityNamedBy(collection.Key) is { } named && !NameReader.IsSame(named, collection.Entity) ? named : null;

    private static string? TypeOf(CollectionSpec collection) => ResultReader.TypeOf(collection.Fields.First(field => field.Name == collection.Key).Type);
}
