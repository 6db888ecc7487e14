using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation;

/// <summary>What a tool seems to do, read from its method, path and name.</summary>
/// <param name="Entity">The entity in the singular, snake_case.</param>
/// <param name="KeyParameter">The parameter that names one row, or null.</param>
/// <param name="Verb">The verb of a status operation (<c>cancel</c>, <c>check_out</c>), or null.</param>
/// <param name="Parents">Parameters that hold the key of another entity, by parameter: <c>/shelves/{shelf_id}/books</c> gives shelf_id: shelf.</param>
internal sealed record Operation(
    OperationKind Kind, string Entity, string? KeyParameter, string? Verb, IReadOnlyList<KeyValuePair<string, string>> Parents)
{
    /// <summary>Whether the row is a link that is known by what it joins, so that no parameter holds its key.</summary>
    public bool IsLink { get; init; }

    /// <summary>Whether a change makes the row where there is none yet: <c>PUT /sites/{name}</c> called <c>create_or_update_site</c>.</summary>
    public bool Upserts { get; init; }
}
