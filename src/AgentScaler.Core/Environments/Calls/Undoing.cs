using System.Text.Json;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Calls;

/// <summary>Calls that may undo a write: the removal of the row that it added, the values or the status that the row had. Whether one does is for a session to say.</summary>
internal static class Undoing
{
    /// <summary>The calls; none where the write left no row, or changed several rows of its collection.</summary>
    /// <param name="tool">The tool that wrote.</param>
    /// <param name="before">A session at the state before the write, to look at only.</param>
    /// <param name="after">A session at the state after it, to look at only.</param>
    public static IEnumerable<SampledCall> Of(EnvironmentPackage package, PackageTool tool, EnvironmentSession before, EnvironmentSession after)
    {
        var collection = package.Schema.Find(tool.Binding.Collection)!;
        var changed = before.Changes.Concat(after.Changes).Where(change => change.Collection == collection.Name).Select(change => change.Key).Distinct(StringComparer.Ordinal)
            .Where(key => !Same(before.Row(collection.Name, key), after.Row(collection.Name, key))).ToList();
        return changed is [var only] && after.Row(collection.Name, only) is { } now ? Of(package, collection, before.Row(collection.Name, only), now) : [];
    }

    private static IEnumerable<SampledCall> Of(EnvironmentPackage package, CollectionSpec collection, JsonElement? before, JsonElement now)
    {
        foreach (var tool in package.Tools.Where(tool => tool.Writes && tool.Binding.Collection == collection.Name && tool.Binding.KeyParameter is not null))
        {
            var arguments = new List<SampledArgument>();
            var fits = before is not { } old ? tool.Binding.Kind == OperationKind.Delete
                : tool.Binding.Kind == OperationKind.Status ? old.TryGetProperty(tool.Binding.Status!.Field, out var status) && status.ValueKind == JsonValueKind.String && status.GetString() == tool.Binding.Status.To
                : tool.Binding.Kind == OperationKind.Update && Restores(tool, old, now, arguments);
            if (fits && Add(tool, tool.Binding.KeyParameter!, ArgumentRole.Key, now, collection.Key, arguments)
                && tool.Binding.Owners.All(owner => Add(tool, owner.Key, ArgumentRole.Value, now, owner.Value, arguments)) && CallSampler.Complete(tool, arguments) is { } call)
            {
                yield return call;
            }
        }
    }

    private static bool Restores(PackageTool tool, JsonElement before, JsonElement now, List<SampledArgument> arguments) => now.EnumerateObject()
        .Where(field => !before.TryGetProperty(field.Name, out var old) || !JsonElement.DeepEquals(old, field.Value))
        .All(field => tool.Binding.Fields.FirstOrDefault(pair => pair.Value == field.Name).Key is { } parameter && Add(tool, parameter, ArgumentRole.Value, before, field.Name, arguments));

    private static bool Add(PackageTool tool, string parameter, ArgumentRole role, JsonElement row, string field, List<SampledArgument> arguments)
    {
        if (!row.TryGetProperty(field, out var value))
        {
            return false;
        }

        arguments.RemoveAll(argument => argument.Parameter == parameter);
        arguments.Add(new SampledArgument(parameter, role, role == ArgumentRole.Key ? tool.Binding.Collection : null, tool.SchemaOf(parameter) is null ? value : ParameterForms.Key(tool, parameter, value)));
        return true;
    }

    private static bool Same(JsonElement? left, JsonElement? right) =>
        left is { } a && right is { } b ? JsonElement.DeepEquals(a, b) : left is null && right is null;
}
