using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>A value of a write is another one, for each argument that its program gives a meaning; amounts are for <see cref="OffByOne"/>.</summary>
internal sealed class ChangedValue : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "changed-value";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task) =>
        from call in Enumerable.Range(0, task.Gold.Count)
        where task.Task.Gold[call].Writes
        let step = task.Gold[call]
        let tool = task.ToolOf(step)
        from argument in step.Arguments.EnumerateObject()
        where argument.Value.ValueKind != JsonValueKind.Number && HasMeaning(tool, argument.Name)
        select task.Replace(call, step.With(argument.Name, Other(argument.Value, tool.SchemaOf(argument.Name)))) with { MustMatter = TaskReasons.ArgumentPasses };

    /// <summary>Whether a tool's program is known to do something with an argument.</summary>
    public static bool HasMeaning(PackageTool tool, string parameter) => parameter == tool.Binding.KeyParameter || tool.Binding.Fields.ContainsKey(parameter)
        || tool.Binding.Owners.ContainsKey(parameter) || tool.Binding.Lists?.ContainsKey(parameter) == true || tool.Binding.Ranges?.ContainsKey(parameter) == true;

    private static JsonNode? Other(JsonElement value, JsonElement? schema)
    {
        if (schema is { ValueKind: JsonValueKind.Object } declared && declared.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
            && values.EnumerateArray().FirstOrDefault(other => !JsonElement.DeepEquals(other, value)) is { ValueKind: not JsonValueKind.Undefined } listed)
        {
            return JsonNode.Parse(listed.GetRawText());
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => JsonValue.Create(value.GetString() + "x"),
            JsonValueKind.True or JsonValueKind.False => JsonValue.Create(value.ValueKind == JsonValueKind.False),
            JsonValueKind.Array when value.GetArrayLength() == 0 => new JsonArray("x"),
            JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Skip(1).Select(item => JsonNode.Parse(item.GetRawText()))]),
            _ => new JsonObject { ["changed"] = true },
        };
    }
}
