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
            .SelectMany(tool => ByText(tool, collection, content, goal)).Where(lookup => NamesOne(session, lookup.Tool, lookup.Arguments)).ToList();
        var listings = Listings(collection, content, goal).ToList();
        var uncovered = lookups.Concat(listings).Where(lookup => coverage.IsOpen(lookup.Tool.Name, goal.Tool.Name)).ToList();
        lookups = uncovered.Count > 0 ? uncovered : lookups.Count > 0 ? lookups : listings;
        return lookups.Count == 0 ? null : random.Pick(lookups);
    }

    /// <summary>The argument by which a lookup finds its row; null if it lists.</summary>
    private static SampledArgument? TextOf(IReadOnlyList<SampledArgument> arguments) => arguments.FirstOrDefault(argument => argument.Role is ArgumentRole.Query or ArgumentRole.Filter);

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
            if (OwnersIn(goal, tool, collection, row) is { } owners && CallSampler.Complete(tool, owners) is { } listing)
            {
                yield return listing;
            }
        }
    }

    /// <summary>What a lookup must be told of where the row belongs, as the goal names it too; null if the goal does not name all of it.</summary>
    /// <param name="other">A required parameter that is told something else.</param>
    private static List<SampledArgument>? OwnersIn(SampledCall goal, PackageTool tool, CollectionSpec collection, JsonElement row, string? other = null)
    {
        var owners = new List<SampledArgument>();
        foreach (var parameter in tool.Required.Where(parameter => parameter != other && tool.Binding.Fields.ContainsKey(parameter)))
        {
            var field = collection.Fields.First(field => field.Name == tool.Binding.Fields[parameter]);
            if (field.References is not { } target)
            {
                // The schema gives it, or nobody does.
                continue;
            }

            if (!row.TryGetProperty(field.Name, out var held)
                || goal.Arguments.FirstOrDefault(argument => argument.Collection == target && StoredKey.Of(argument.Value) == StoredKey.Of(held)) is null)
            {
                return null;
            }

            owners.Add(new SampledArgument(parameter, ArgumentRole.Reference, target, ParameterForms.Key(tool, parameter, held)));
        }

        return owners;
    }

    /// <summary>Whether no more than one row has the value that a lookup filters by; true where it filters by none.</summary>
    internal static bool NamesOne(EnvironmentSession session, PackageTool tool, IReadOnlyList<SampledArgument> arguments)
    {
        if (TextOf(arguments) is not { Role: ArgumentRole.Filter } by)
        {
            return true;
        }

        var field = tool.Binding.Fields[by.Parameter];
        return session.Rows(tool.Binding.Collection).Count(row => row.Value.TryGetProperty(field, out var value) && JsonElement.DeepEquals(value, by.Value)) == 1;
    }

    /// <summary>Calls of a tool that find a row by its label, or by a text of it.</summary>
    private static IEnumerable<SampledCall> ByText(PackageTool tool, CollectionSpec collection, JsonElement row, SampledCall goal)
    {
        if (tool.Binding.QueryParameter is { } query && CallSampler.LabelOf(collection, row) is { } label
            && OwnersIn(goal, tool, collection, row) is { } places
            && CallSampler.Complete(tool, [.. places, new SampledArgument(query, ArgumentRole.Query, null, JsonSerializer.SerializeToElement(label))]) is { } search)
        {
            yield return search;
        }

        foreach (var (parameter, name) in tool.Binding.Kind == OperationKind.List ? tool.Binding.Fields : [])
        {
            var field = collection.Fields.First(field => field.Name == name);
            if (name != collection.Key && field.References is null && !field.Type.TryGetProperty("enum", out _)
                && row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 2
                && OwnersIn(goal, tool, collection, row, parameter) is { } owners
                && CallSampler.Complete(tool, [.. owners, new SampledArgument(parameter, ArgumentRole.Filter, null, value.Clone())]) is { } listing)
            {
                yield return listing;
            }
        }
    }
}
