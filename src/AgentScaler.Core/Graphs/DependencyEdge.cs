using System.Globalization;
using System.Text.Json.Serialization;

namespace AgentScaler.Graphs;

/// <summary>An output field of one tool that can feed an input parameter of another, with the evidence for it.</summary>
/// <param name="Producer">Name of the tool that returns the field.</param>
/// <param name="OutputField">Dotted path in its result, <c>[]</c> for "each item": <c>items[].id</c>.</param>
/// <param name="Consumer">Name of the tool that takes the parameter.</param>
/// <param name="Parameter">Name of the parameter.</param>
/// <param name="Similarity">How alike what the two identify is, 0..1, above the campaign's threshold.</param>
/// <param name="Kind">Why the one can feed the other.</param>
/// <param name="Identifies">What the parameter identifies, in words: <c>id of order item</c>; a natural key alone where no thing is named.</param>
/// <param name="IsDeclared">Whether the producer's document declares the field; false where it declares no result and the tool's name tells what it returns.</param>
public sealed record DependencyEdge(
    string Producer, string OutputField, string Consumer, string Parameter, double Similarity, DependencyKind Kind, string Identifies, bool IsDeclared)
{
    /// <summary>A model's word on it; null where the match alone decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EdgeVerdict? Verdict { get; init; }

    /// <summary>The evidence as a sentence.</summary>
    [JsonIgnore]
    public string Evidence =>
        $"{Producer} {(IsDeclared ? "declares" : "by its name gives")} {OutputField}, which {Consumer} takes as {Parameter} ({Identifies}; {Kind switch
        {
            DependencyKind.Entity => "both deal with it",
            DependencyKind.Reference => "a reference",
            _ => "a natural key",
        }}, {Similarity.ToString("0.##", CultureInfo.InvariantCulture)})";
}
