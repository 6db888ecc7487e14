using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Tasks;

/// <summary>Finds calls that look a row's key up by what the user calls the row; those that cover an edge no task covers yet come first.</summary>
internal sealed class LookupFinder(EnvironmentPackage package, EnvironmentSession session, CoveragePlan coverage, SeededRandom random)
{
    /// <summary>A search by the row's label, or a listing by a text that names it (a label, an email, a code), if a tool offers one and shows keys; else a listing that shows its label.</summary>
    public SampledCall? Find(RowKey row, SampledCall goal)
    {
        var collection = package.Schema.Find(row.Collection)!;
        if (session.Row(row.Collection, row.Key) is not { } content)
        {
            return null;
        }

        var lookups = package.Tools
            .Where(tool => tool.Binding.Collection == row.Collection && tool.Binding.ResultFields.ContainsValue(collection.Key))
            .SelectMany(tool => ByText(tool, collection, content)).Where(lookup => TextOf(lookup)!.Role == ArgumentRole.Query || NamesOne(lookup, collection)).ToList();
        var listings = Listings(collection, content, goal).ToList();
        var uncovered = lookups.Concat(listings).Where(lookup => coverage.IsOpen(lookup.Tool.Name, goal.Tool.Name)).ToList();
        lookups = uncovered.Count > 0 ? uncovered : lookups.Count > 0 ? lookups : listings;
        return lookups.Count == 0 ? null : random.Pick(lookups);
    }

    /// <summary>The argument by which a lookup finds its row; null if it lists.</summary>
    private static SampledArgument? TextOf(SampledCall lookup) => lookup.Arguments.FirstOrDefault(argument => argument.Role is ArgumentRole.Query or ArgumentRole.Filter);

    /// <summary>Listings that show the row with a label no other row has: of all rows, or of those that belong to a row the goal names too.</summary>
    private IEnumerable<SampledCall> Listings(CollectionSpec collection, JsonElement row, SampledCall goal)
    {
        if (CallSampler.LabelOf(collection, row) is not { } label || session.Rows(collection.Name).Count(other => CallSampler.LabelOf(collection, other.Value) == label) != 1)
        {
            yield break;
        }

        foreach (var tool in package.Tools.Where(tool => tool.Binding.Kind == OperationKind.List && tool.Binding.Collection == collection.Name && tool != goal.Tool
            && tool.Binding.ResultFields.ContainsValue(collection.Key) && tool.Binding.ResultFields.ContainsValue(collection.Label!)))
        {
            var owners = tool.Required.Where(tool.Binding.Fields.ContainsKey).Select(parameter => goal.Arguments.FirstOrDefault(argument => argument.Collection is { } target
                && collection.Fields.First(field => field.Name == tool.Binding.Fields[parameter]) is var field && field.References == target
                && row.TryGetProperty(field.Name, out var held) && JsonElement.DeepEquals(held, argument.Value)) is { } owner
                    ? new SampledArgument(parameter, ArgumentRole.Reference, owner.Collection, owner.Value) : null).ToList();
            if (!owners.Contains(null) && CallSampler.Complete(tool, [.. owners.Select(owner => owner!)]) is { } listing)
            {
                yield return listing;
            }
        }
    }

    /// <summary>Whether only one row has the value that a lookup filters by.</summary>
    private bool NamesOne(SampledCall lookup, CollectionSpec collection)
    {
        var by = TextOf(lookup)!;
        var field = lookup.Tool.Binding.Fields[by.Parameter];
        return session.Rows(collection.Name).Count(row => row.Value.TryGetProperty(field, out var value) && JsonElement.DeepEquals(value, by.Value)) == 1;
    }

    /// <summary>Calls of a tool that find a row by its label, or by a text of it.</summary>
    private static IEnumerable<SampledCall> ByText(PackageTool tool, CollectionSpec collection, JsonElement row)
    {
        if (tool.Binding.QueryParameter is { } query && CallSampler.LabelOf(collection, row) is { } label
            && CallSampler.Complete(tool, [new SampledArgument(query, ArgumentRole.Query, null, JsonSerializer.SerializeToElement(label))]) is { } search)
        {
            yield return search;
        }

        foreach (var (parameter, name) in tool.Binding.Kind == OperationKind.List ? tool.Binding.Fields : [])
        {
            var field = collection.Fields.First(field => field.Name == name);
            if (name != collection.Key && field.References is null && !field.Type.TryGetProperty("enum", out _)
                && row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 2
                && CallSampler.Complete(tool, [new SampledArgument(parameter, ArgumentRole.Filter, null, value.Clone())]) is { } listing)
            {
                yield return listing;
            }
        }
    }
}
