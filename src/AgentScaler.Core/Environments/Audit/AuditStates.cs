using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Audit;

/// <summary>The states in which an audit calls a tool beside the initial one, as changed rows.</summary>
internal static class AuditStates
{
    private const int Pages = 45;

    /// <summary>The rows that make a state of the initial one; of a tool that is about no collection, or whose program alone knows which, all rows go.</summary>
    /// <param name="about">The first call that is made in the state: as many rows as the state says are ones that it finds.</param>
    public static IReadOnlyList<RowChange> Changes(EnvironmentPackage package, PackageTool tool, AuditState state, JsonElement about) => (state, package.Schema.Find(tool.Binding.Collection)) switch
    {
        (AuditState.Initial, _) => [],
        (AuditState.Empty, var collection) => [.. package.State.Where(row => tool.Binding.Kind == OperationKind.Other || row.Collection == collection?.Name).Select(row => new RowChange(row.Collection, row.Key, null))],
        (AuditState.OnePage, { } collection) => [.. Resized(package, tool, collection, about, ReadProgram.PageSize)],
        (_, { } collection) => [.. Resized(package, tool, collection, about, Pages)],
        _ => [],
    };

    /// <summary>The keys of the rows that a call finds in a state, in the order of keys.</summary>
    public static IReadOnlyList<string> KeysFound(EnvironmentPackage package, PackageTool tool, AuditState state, JsonElement about)
    {
        var changes = Changes(package, tool, state, about);
        var found = package.Schema.Find(tool.Binding.Collection) is { } collection ? Found(package, tool, collection, about).Select(row => row.Key) : [];
        string[] keys = [.. found.Except(changes.Where(change => change.Row is null).Select(change => change.Key)), .. changes.Where(change => change.Row is not null).Select(change => change.Key)];
        Array.Sort(keys, CanonicalJson.CompareKeys);
        return keys;
    }

    /// <summary>The rows of a collection that a call asks for by fields and owners; all of them where it names none that is there.</summary>
    private static IReadOnlyList<RowData> Found(EnvironmentPackage package, PackageTool tool, CollectionSpec collection, JsonElement call)
    {
        var asked = tool.Binding.Fields.Concat(tool.Binding.Owners)
            .Where(bound => call.TryGetProperty(bound.Key, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            .Select(bound => (Field: bound.Value, Value: StoredKey.Of(call.GetProperty(bound.Key)))).ToList();
        var all = package.State.Where(row => row.Collection == collection.Name).ToList();
        var found = all.Where(row => asked.All(pair => row.Row.TryGetProperty(pair.Field, out var held) && StoredKey.Of(held) == pair.Value)).ToList();
        return found.Count > 0 ? found : all;
    }

    /// <summary>Rows that go, or copies that come under keys of their own, until as many as wanted are found.</summary>
    private static IEnumerable<RowChange> Resized(EnvironmentPackage package, PackageTool tool, CollectionSpec collection, JsonElement about, int wanted)
    {
        var all = package.State.Where(row => row.Collection == collection.Name).ToList();
        var rows = Found(package, tool, collection, about);
        foreach (var row in rows.Skip(wanted))
        {
            yield return new RowChange(row.Collection, row.Key, null);
        }

        var greatest = all.Select(row => long.TryParse(row.Key, out var number) ? number : 0).DefaultIfEmpty().Max();
        for (var i = rows.Count; i < wanted && rows.Count > 0; i++)
        {
            var source = rows[i % rows.Count];
            var copy = Mixed(tool, collection, source, all[(i + (i / rows.Count)) % all.Count]);
            var isNumber = !collection.KeyOutside && source.Row.TryGetProperty(collection.Key, out var held) && held.ValueKind == JsonValueKind.Number;
            var key = isNumber ? (JsonNode)(greatest + i + 1) : $"{source.Key}-{i}";
            if (!collection.KeyOutside)
            {
                copy[collection.Key] = key.DeepClone();
            }

            yield return new RowChange(collection.Name, key.ToString(), JsonSerializer.SerializeToElement(copy));
        }
    }

    /// <summary>A row as another is in all that the tool asks for by no parameter, so that copies can be told apart and put in order.</summary>
    private static JsonObject Mixed(PackageTool tool, CollectionSpec collection, RowData row, RowData other)
    {
        var binding = tool.Binding;
        string[] kept = [.. binding.Fields.Values, .. binding.Owners.Values, .. binding.Lists?.Values.AsEnumerable() ?? [], .. binding.Ranges?.Values.Select(bound => bound.Field) ?? []];
        var mixed = JsonNode.Parse(row.Row.GetRawText())!.AsObject();
        foreach (var field in collection.Fields.Where(field => field.Name != collection.Key && field.References is null && !kept.Contains(field.Name)))
        {
            if (binding.QueryParameter is null && other.Row.TryGetProperty(field.Name, out var value))
            {
                mixed[field.Name] = JsonNode.Parse(value.GetRawText());
            }
        }

        return mixed;
    }
}
