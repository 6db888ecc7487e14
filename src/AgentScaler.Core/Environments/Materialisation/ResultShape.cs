using System.Text.Json;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Where a declared result holds rows.</summary>
/// <param name="Schema">The declared schema of the whole result, or null if nothing is declared.</param>
/// <param name="Path"><c>""</c>: the result itself is the row or the array of rows; otherwise the property that is. Null: it holds no row.</param>
/// <param name="Row">Schema of a row, or null.</param>
/// <param name="IsOne">Whether a tool without a key declares one thing and no list: it shows the one row that its filters leave.</param>
internal sealed record ResultShape(JsonElement? Schema, string? Path, JsonElement? Row, bool IsOne = false)
{
    /// <summary>A tool that declares nothing about its result.</summary>
    public static readonly ResultShape Undeclared = new(null, null, null);

    /// <summary>The schema's properties of a row, in the order of the document.</summary>
    public IEnumerable<JsonProperty> RowProperties => Row is { } row ? ResultReader.Properties(row) : [];
}
