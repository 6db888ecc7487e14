using System.Text.Json;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Calls;

/// <summary>What a drawn call should be about where that fits: rows, and values that something else showed.</summary>
/// <param name="Rows">Rows to work on, or to refer to, most wanted first.</param>
/// <param name="Values">Values by the parameter that should take them.</param>
public sealed record CallWishes(IReadOnlyList<RowKey> Rows, IReadOnlyDictionary<string, JsonElement> Values)
{
    /// <summary>No wishes.</summary>
    public static CallWishes None { get; } = new([], new Dictionary<string, JsonElement>());

    /// <summary>Whether nothing is wished for.</summary>
    public bool IsEmpty => Rows.Count == 0 && Values.Count == 0;

    /// <summary>Whether a parameter is wished to have this value.</summary>
    internal bool Wants(string parameter, JsonElement value) => Values.TryGetValue(parameter, out var wanted) && StoredKey.Of(wanted) == StoredKey.Of(value);

    /// <summary>Whether a parameter is wished to have this value, or a row of those wanted is referred to by it.</summary>
    /// <param name="collection">The collection that the value refers to; null for none.</param>
    internal bool Wants(string parameter, string? collection, JsonElement value) =>
        Wants(parameter, value) || (collection is not null && Rows.Any(row => row.Collection == collection && row.Key == StoredKey.Of(value)));
}
