using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>A value of a write is another one that its tool takes, for each argument that its program gives a meaning and for which there is one; amounts are for <see cref="OffByOne"/>.</summary>
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
        from other in OtherValues.Of(task, tool, argument.Name, argument.Value).Take(1)
        select task.Replace(call, step.With(argument.Name, JsonNode.Parse(other.GetRawText()))) with { MustMatter = TaskReasons.ArgumentPasses };

    /// <summary>Whether a tool's program is known to do something with an argument.</summary>
    public static bool HasMeaning(PackageTool tool, string parameter) => parameter == tool.Binding.KeyParameter || tool.Binding.Fields.ContainsKey(parameter)
        || tool.Binding.Owners.ContainsKey(parameter) || tool.Binding.Lists?.ContainsKey(parameter) == true || tool.Binding.Ranges?.ContainsKey(parameter) == true;
}
