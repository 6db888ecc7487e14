using System.Text.Json.Serialization;

namespace AgentScaler.Environments.Packages;

/// <summary>How a tool's arguments and result map to its collection: what task construction needs to know of a program.</summary>
public sealed record ToolBinding
{
    /// <summary>What it does.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>The collection it reads or writes; empty for a tool of kind <see cref="OperationKind.Other"/> that is about none (a calculator).</summary>
    public required string Collection { get; init; }

    /// <summary>The parameter that holds the key of the row; null for list, search and create.</summary>
    public string? KeyParameter { get; init; }

    /// <summary>Parameter to field of the collection: filters of a read, values of a write. References are among them. Paging parameters are not.</summary>
    public SortedDictionary<string, string> Fields { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Parameters that take a list, to field: rows that have one of its values, or all of them where the field is a list itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<string, string>? Lists { get; init; }

    /// <summary>Parameters that bound a field: a least price, the first day; null if there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<string, RangeBound>? Ranges { get; init; }

    /// <summary>Of a tool that makes links: the fields that hold what they join, of which no two rows have the same; null for any other tool.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Joins { get; init; }

    /// <summary>Whether a change makes the row where none has the key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Upserts { get; init; }

    /// <summary>
    /// Parameters that must equal a reference of the row named by the key (<c>/shelves/{shelf_id}/books/{book_id}</c>): parameter to field. Of a link, which
    /// no parameter names by its key, all that it joins.
    /// </summary>
    public SortedDictionary<string, string> Owners { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The search parameter of a search tool, or null.</summary>
    public string? QueryParameter { get; init; }

    /// <summary>For a status tool: the field it sets, the value it sets it to, and the values from which that is allowed.</summary>
    public StatusChange? Status { get; init; }

    /// <summary>Where the row is in the result: <c>""</c> the result itself, <c>"book"</c> a property of it; for list and search where the array is. Null if the result holds no row.</summary>
    public string? ResultPath { get; init; }

    /// <summary>Result field to collection field, for the fields of a row that the result shows; <see cref="Itself"/> where it lists bare values, such as keys.</summary>
    public SortedDictionary<string, string> ResultFields { get; init; } = new(StringComparer.Ordinal);

    /// <summary>In <see cref="ResultFields"/>: the item of the list itself, no field of it.</summary>
    public const string Itself = "";

    /// <summary>The collection's field that a place in the result shows, as dependency edges name places; null if none of a row.</summary>
    /// <param name="place">A dotted path, <c>[]</c> for "each item": <c>items[].id</c>.</param>
    internal string? FieldAt(string place)
    {
        var plain = place.Replace("[]", "", StringComparison.Ordinal).TrimStart('.');
        var property = ResultPath is not { } path ? null
            : path.Length == 0 ? plain
            : plain == path ? Itself
            : plain.StartsWith(path + ".", StringComparison.Ordinal) ? plain[(path.Length + 1)..] : null;
        return property is null ? null : ResultFields.GetValueOrDefault(property);
    }
}
