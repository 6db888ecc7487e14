using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Audit;

/// <summary>The states in which an audit calls a tool beside the initial one, as changed rows.</summary>
internal static class AuditStates
{
    private const int Pages = 45;

    /// <summary>The rows that make a state of the initial one; of a tool that is about no collection, or whose program alone knows which, all rows go.</summary>
    public static IReadOnlyList<RowChange> Changes(EnvironmentPackage package, PackageTool tool, AuditState state) => (state, package.Schema.Find(tool.Binding.Collection)) switch
    {
        (AuditState.Initial, _) => [],
        (AuditState.Empty, var collection) => [.. package.State.Where(row => tool.Binding.Kind == OperationKind.Other || row.Collection == collection?.Name).Select(row => new RowChange(row.Collection, row.Key, null))],
        (AuditState.OnePage, { } collection) => [.. Resized(package, collection, ReadProgram.PageSize)],
        (_, { } collection) => [.. Resized(package, collection, Pages)],
        _ => [],
    };

    /// <summary>Rows that go, or copies that come under keys of their own, until there are as many as wanted.</summary>
    private static IEnumerable<RowChange> Resized(EnvironmentPackage package, CollectionSpec collection, int wanted)
    {
        var rows = package.State.Where(row => row.Collection == collection.Name).ToList();
        foreach (var row in rows.Skip(wanted))
        {
            yield return new RowChange(row.Collection, row.Key, null);
        }

        var greatest = rows.Select(row => long.TryParse(row.Key, out var number) ? number : 0).DefaultIfEmpty().Max();
        for (var i = rows.Count; i < wanted && rows.Count > 0; i++)
        {
            var source = rows[i % rows.Count];
            var copy = JsonNode.Parse(source.Row.GetRawText())!.AsObject();
            var isNumber = !collection.KeyOutside && source.Row.TryGetProperty(collection.Key, out var held) && held.ValueKind == JsonValueKind.Number;
            var key = isNumber ? (JsonNode)(greatest + i + 1) : $"{source.Key}-{i}";
            if (!collection.KeyOutside)
            {
                copy[collection.Key] = key.DeepClone();
            }

            yield return new RowChange(collection.Name, key.ToString(), JsonSerializer.SerializeToElement(copy));
        }
    }
}
