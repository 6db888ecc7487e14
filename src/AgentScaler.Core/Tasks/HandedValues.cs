using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;

namespace AgentScaler.Tasks;

/// <summary>
/// What the calls of a walk so far can hand on along the edges of the dependency graph, whether or not the environment keeps rows of what the value names:
/// an account that a user's row shows can be the account in which something is then created.
/// </summary>
internal sealed class HandedValues(IReadOnlyList<DependencyEdge> dependencies)
{
    private readonly List<(int Step, string Collection)> steps = [];
    private readonly List<(string Collection, string Consumer, string Parameter, HandedValue Value)> shown = [];

    /// <summary>Takes note of what a call shows. Where it shows several values for one parameter, nobody could say which is meant: then it hands on none.</summary>
    public void Add(PackageTool tool, int step, JsonElement result)
    {
        steps.Add((step, tool.Binding.Collection));
        var edges = dependencies.Where(edge => edge.Producer == tool.Name && edge.Consumer != tool.Name).ToList();
        var leaves = edges.Count == 0 ? [] : ResultPath.Leaves(result)
            .Where(leaf => leaf.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && !ResultPath.IsLength(leaf.Path)).ToList();
        foreach (var edge in edges)
        {
            var values = leaves.Where(leaf => Shows(edge, leaf.Path)).DistinctBy(leaf => StoredKey.Of(leaf.Value)).Take(2).ToList();
            if (values.Count == 1)
            {
                shown.Add((tool.Binding.Collection, edge.Consumer, edge.Parameter, new HandedValue(step, values[0].Path, values[0].Value.Clone())));
            }
        }
    }

    /// <summary>Forgets the calls from a step on.</summary>
    public void Forget(int step)
    {
        steps.RemoveAll(made => made.Step >= step);
        shown.RemoveAll(value => value.Value.Step >= step);
    }

    /// <summary>By parameter of a tool, the values that could be meant: "that user's account" is of the user last spoken of. The latest come first.</summary>
    /// <param name="before">The step from which on calls do not count.</param>
    public ILookup<string, HandedValue> For(PackageTool tool, int before)
    {
        var last = steps.Where(made => made.Step < before).GroupBy(made => made.Collection, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Max(made => made.Step), StringComparer.Ordinal);
        return shown.AsEnumerable().Reverse().Where(value => value.Consumer == tool.Name && last.GetValueOrDefault(value.Collection, -1) == value.Value.Step)
            .ToLookup(value => value.Parameter, value => value.Value, StringComparer.Ordinal);
    }

    /// <summary>Whether a place in the producer's result is what an edge hands on.</summary>
    internal static bool Shows(DependencyEdge edge, string path) => Plain(path) == edge.OutputField.Replace("[]", "", StringComparison.Ordinal).TrimStart('.');

    /// <summary>A path without positions, as an edge names a field.</summary>
    private static string Plain(string path) => string.Join('.', ResultPath.Segments(path).Where(name => !name.All(char.IsAsciiDigit)));
}
