using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Engine;

/// <summary>A collection as it was loaded: rows shared by all sessions, never changed.</summary>
internal sealed class BaseCollection
{
    /// <summary>Its place among the environment's collections, sorted by name.</summary>
    public required int Index { get; init; }

    /// <summary>Its specification.</summary>
    public required CollectionSpec Spec { get; init; }

    /// <summary>How its rows are hashed.</summary>
    public required RowForm Form { get; init; }

    /// <summary>Key to row.</summary>
    public required IReadOnlyDictionary<string, StoredRow> Rows { get; init; }

    /// <summary>The keys in code point order; with <see cref="ValueRules.Python"/> as they were given.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Sum of the rows' hashes.</summary>
    public required HashSum Sum { get; init; }
}
