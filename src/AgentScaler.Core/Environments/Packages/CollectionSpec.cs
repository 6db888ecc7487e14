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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool KeyOutside = false);
