using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>An amount is one too many; those that must matter come first.</summary>
internal sealed class OffByOne : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "off-by-one";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task) => All(task).OrderBy(mutant => mutant.MustMatter is null);

    private static IEnumerable<Mutant> All(AuditedTask task)
    {
        foreach (var call in Enumerable.Range(0, task.Gold.Count).OrderBy(call => task.Task.Gold[call].Writes ? 0 : 1))
        {
            var step = task.Gold[call];
            foreach (var argument in step.Arguments.EnumerateObject().Where(argument => argument.Value.ValueKind == JsonValueKind.Number))
            {
                JsonNode more = argument.Value.TryGetInt64(out var whole) ? whole + 1 : argument.Value.GetDouble() + 1;
                yield return task.Replace(call, step.With(argument.Name, more)) with
                {
                    MustMatter = task.Task.Gold[call].Writes && ChangedValue.HasMeaning(task.ToolOf(step), argument.Name) ? TaskReasons.ArgumentPasses : null,
                };
            }
        }
    }
}
