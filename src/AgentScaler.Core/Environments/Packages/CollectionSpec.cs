using System.Text.Json.Serialization;

namespace AgentScaler.Environments.Packages;

/// <summary>A collection: rows of one entity, keyed by an id.</summary>
/// <param name="Name">Its name: a JavaScript identifier, plural, e.g. <c>books</c>.</param>
/// <param name="Entity">The entity in the singular, e.g. <c>book</c>.</param>
/// <param name="Key">The field that holds the row's id; with <paramref name="KeyOutside"/> only what the id is called.</param>
/// <param name="Label">The field by which a person would name a row (<c>title</c>, <c>name</c>), or null.</param>
/// <param name="Fields">Its fields, the key among them unless it is outside.</param>
/// <param name="KeyOutside">Whether rows don't hold their id.</param>
public sealed record CollectionSpec(
    string Name,
    string Entity,
    string Key,
    string? Label,
    IReadOnlyList<FieldSpec> Fields,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool KeyOutside = false)
{
    /// <summary>Whose things the rows are (<c>stripe</c>), where another provider's of the same entity are kept apart; null otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Vendor { get; init; }

    /// <summary>What one row is called among all of the environment: its entity, behind whose it is.</summary>
    [JsonIgnore]
    public string Noun => Vendor is null ? Entity : Vendor + "_" + Entity;
}
