using System.Text.Json;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>
/// Tries what a model says of its program: what a result shows of a row is what the row holds, filters leave only rows that answer to them, what is written stands in the fields that
/// parameters are said to be of. The audit asks whether a program behaves; tasks also need its binding to be true.
/// </summary>
internal sealed class BindingTrials(EnvironmentEngine engine, LoadedEnvironment environment)
{
    private const int Calls = 6;
    private const int RowsLookedAt = 20;

    private readonly EnvironmentPackage package = environment.Package;

    /// <summary>The first thing that is not as the binding says; null if all is. Calls that are refused say nothing here.</summary>
    public AuditFinding? Try(PackageTool tool)
    {
        if (tool.Binding.Kind == OperationKind.Other || package.Schema.Find(tool.Binding.Collection) is not { } collection)
        {
            return null;
        }

        var seed = EnvironmentAudit.SeedOf(package, tool.Name).Child("binding");
        for (var i = 0; i < Calls; i++)
        {
            var session = engine.Open(environment, seed);
            if (new CallSampler(package, seed.Child(i)).Sample(tool, session) is not { } call)
            {
                continue;
            }

            var before = call.Arguments.FirstOrDefault(argument => argument.Role == ArgumentRole.Key) is { } key ? session.Row(collection.Name, StoredKey.Of(key.Value))?.Clone() : null;
            var result = session.Call(tool.Name, call.ToJson());
            if (result.IsError)
            {
                continue;
            }

            using var content = JsonDocument.Parse(result.Content);
            var fault = Written(tool, collection, call, session) ?? Shown(tool, collection, call, content.RootElement, session, before);
            if (fault is { } found)
            {
                return new AuditFinding(found.Reason, $"{tool.Name}({Cut(CanonicalJson.Write(call.ToJson()))}): {found.Detail}");
            }
        }

        return null;
    }

    private (string Reason, string Detail)? Written(PackageTool tool, CollectionSpec collection, SampledCall call, EnvironmentSession session)
    {
        var binding = tool.Binding;
        var key = call.Arguments.FirstOrDefault(argument => argument.Role == ArgumentRole.Key) is { } named ? StoredKey.Of(named.Value) : null;
        if (binding.Kind == OperationKind.Delete)
        {
            return key is not null && session.Row(collection.Name, key) is not null ? ("binding.not-deleted", $"the row '{key}' of {collection.Name} is still there") : null;
        }

        if (!tool.Writes)
        {
            return null;
        }

        var changed = binding.Kind == OperationKind.Create
            ? session.Changes.FirstOrDefault(change => change.Collection == collection.Name && change.Row is not null && package.State.All(row => row.Collection != change.Collection || row.Key != change.Key))?.Row
            : key is null ? session.Changes.FirstOrDefault(change => change.Collection == collection.Name)?.Row : session.Row(collection.Name, key);
        if (changed is not { } row)
        {
            return ("binding.no-row", $"expected {(binding.Kind == OperationKind.Create ? "a new row" : "the row")} in {collection.Name}");
        }

        if (binding.Status is { } status && (!row.TryGetProperty(status.Field, out var now) || now.ValueKind != JsonValueKind.String || now.GetString() != status.To))
        {
            return ("binding.status-not-set", $"expected {status.Field} = {status.To} in {Cut(CanonicalJson.Write(row))}");
        }

        return call.Arguments.Where(argument => binding.Fields.TryGetValue(argument.Parameter, out var field) && !(row.TryGetProperty(field, out var held) && Holds(held, argument.Value)))
            .Select(argument => ((string, string)?)("binding.value-not-written", $"expected the {binding.Fields[argument.Parameter]} of the row to be {argument.Value.GetRawText()}, the row is {Cut(CanonicalJson.Write(row))}"))
            .FirstOrDefault();
    }

    private static (string Reason, string Detail)? Shown(PackageTool tool, CollectionSpec collection, SampledCall call, JsonElement result, EnvironmentSession session, JsonElement? before)
    {
        var binding = tool.Binding;
        var keyShown = binding.ResultFields.FirstOrDefault(shown => shown.Value == collection.Key).Key;
        var rows = ShownRows.Of(binding, result, RowsLookedAt).ToList();
        if (rows.Count == 0 && !tool.Writes && binding.ResultPath is not null)
        {
            return ("binding.shows-nothing", $"expected a row at '{binding.ResultPath}' of the result, which is {Cut(CanonicalJson.Write(result))}");
        }

        foreach (var (path, shown) in rows)
        {
            var known = keyShown is not null && shown.TryGetProperty(keyShown, out var key) && key.ValueKind is JsonValueKind.String or JsonValueKind.Number
                ? session.Row(collection.Name, StoredKey.Of(key)) ?? (binding.Kind == OperationKind.Delete ? before : null)
                : before is null ? null : session.Row(collection.Name, StoredKey.Of(before.Value.GetProperty(collection.Key))) ?? before;
            if (known is not { } row)
            {
                if (keyShown is not null && shown.TryGetProperty(keyShown, out var unknown))
                {
                    return ("binding.key-of-no-row", $"the result shows {keyShown} = {unknown.GetRawText()}, which no row of {collection.Name} has");
                }

                continue;
            }

            foreach (var (property, field) in binding.ResultFields)
            {
                if (shown.TryGetProperty(property, out var value) && value.ValueKind != JsonValueKind.Null && !(row.TryGetProperty(field, out var held) && IsSame(held, value)))
                {
                    return ("binding.result-differs", $"the result shows {(path.Length == 0 ? property : path + "." + property)} = {Cut(value.GetRawText())}, said to be {field} of the row {Cut(CanonicalJson.Write(row))}");
                }
            }

            if (tool.Binding.Kind == OperationKind.List && call.Arguments.FirstOrDefault(argument => binding.Fields.TryGetValue(argument.Parameter, out var field)
                && !(row.TryGetProperty(field, out var held) && Answers(held, argument.Value))) is { } filter)
            {
                return ("binding.filter-ignored", $"the result shows a row whose {binding.Fields[filter.Parameter]} is not {filter.Value.GetRawText()}: {Cut(CanonicalJson.Write(row))}");
            }
        }

        return null;
    }

    /// <summary>Whether two values are the same, a number and its digits too: keys are text here and a number there.</summary>
    private static bool IsSame(JsonElement held, JsonElement given) => CanonicalJson.AreEqual(held, given)
        || (held.ValueKind is JsonValueKind.String or JsonValueKind.Number && given.ValueKind is JsonValueKind.String or JsonValueKind.Number && StoredKey.Of(held) == StoredKey.Of(given));

    /// <summary>Whether a row holds what was given; of an object it may hold more, as where a program fills in defaults.</summary>
    private static bool Holds(JsonElement held, JsonElement given) => IsSame(held, given)
        || (held.ValueKind == JsonValueKind.Object && given.ValueKind == JsonValueKind.Object && given.EnumerateObject().All(member => held.TryGetProperty(member.Name, out var own) && Holds(own, member.Value)));

    /// <summary>Whether a row's value answers to a filter: equal, a text that holds it, a list that has it.</summary>
    private static bool Answers(JsonElement held, JsonElement wanted) => IsSame(held, wanted)
        || (held.ValueKind == JsonValueKind.String && wanted.ValueKind == JsonValueKind.String && held.GetString()!.Contains(wanted.GetString()!, StringComparison.OrdinalIgnoreCase))
        || (held.ValueKind == JsonValueKind.Array && held.EnumerateArray().Any(item => IsSame(item, wanted)));

    private static string Cut(string text) => text.Length <= 300 ? text : text[..300] + "...";
}
