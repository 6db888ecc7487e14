using System.Text.Json;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Json;

namespace AgentScaler.Tasks;

/// <summary>
/// Finds out where an argument of a given intent comes from by looking. What stands in a result by chance is no source: lengths and yes or no are never one, and a number of few digits
/// only where it names the row that the parameter names, or along an edge of the dependency graph.
/// </summary>
internal sealed class IntentOrigins(EnvironmentPackage package, IReadOnlyList<DependencyEdge> dependencies)
{
    /// <summary>Digits from which on a number hardly stands in a result by chance.</summary>
    private const int TellingDigits = 4;

    private readonly KnownRows rows = new(package);

    /// <summary>The origin: the schema leaves no choice, the user says it, or an earlier result shows it; null if none of these.</summary>
    /// <param name="said">All the user has said.</param>
    /// <param name="gold">The calls made before.</param>
    public ArgumentOrigin? Of(PackageTool tool, JsonProperty argument, string said, IReadOnlyList<GoldCall> gold)
    {
        if (tool.SchemaOf(argument.Name) is { } schema && ConstantValue.Only(schema) is { } constant && JsonElement.DeepEquals(constant, argument.Value))
        {
            return new ArgumentOrigin(argument.Name, OriginKind.Constant);
        }

        if (ScalarTexts.Of(argument.Value).All(scalar => ScalarTexts.IsSaidIn(said, scalar)))
        {
            return new ArgumentOrigin(argument.Name, OriginKind.User);
        }

        for (var step = gold.Count - 1; step >= 0 && argument.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number; step--)
        {
            using var result = JsonDocument.Parse(gold[step].Result);
            var producer = package.Tools.First(other => other.Name == gold[step].Tool);
            var places = ResultPath.Leaves(result.RootElement)
                .Where(leaf => leaf.Value.ValueKind == argument.Value.ValueKind && CanonicalJson.AreEqual(leaf.Value, argument.Value) && !ResultPath.IsLength(leaf.Path)).Select(leaf => leaf.Path).ToList();
            if (argument.Value.ValueKind == JsonValueKind.Number && argument.Value.GetRawText().Count(char.IsAsciiDigit) < TellingDigits)
            {
                places = places.FindAll(path => Feeds(producer, path, tool, argument) || Names(producer, step, result.RootElement, path, tool, argument));
            }

            if (places.Count > 0)
            {
                return new ArgumentOrigin(argument.Name, OriginKind.State, step, places[0]);
            }
        }

        return null;
    }

    private bool Feeds(PackageTool producer, string path, PackageTool tool, JsonProperty argument) =>
        dependencies.Any(edge => edge.Producer == producer.Name && edge.Consumer == tool.Name && edge.Parameter == argument.Name && HandedValues.Shows(edge, path));

    /// <summary>Whether a place in a result holds the key of the row that an argument names.</summary>
    private bool Names(PackageTool producer, int step, JsonElement result, string path, PackageTool tool, JsonProperty argument) =>
        package.TargetOf(tool, argument.Name) is { } target && package.Schema.Find(producer.Binding.Collection) is not null
        && rows.In(producer, step, result).Any(known => known.Path == path && known.Row == rows.Of(target, argument.Value));
}
