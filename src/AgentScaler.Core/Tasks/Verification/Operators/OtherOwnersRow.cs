using System.Text.Json;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>A call works on a row that belongs to somebody else: the same collection, another owner.</summary>
internal sealed class OtherOwnersRow : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "other-owners-row";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task)
    {
        foreach (var call in Enumerable.Range(0, task.Gold.Count).OrderBy(call => task.Task.Gold[call].Writes ? 0 : 1))
        {
            var step = task.Gold[call];
            foreach (var row in task.RowsOf(step))
            {
                var owners = task.Package.Schema.Find(row.Collection)!.Fields.Where(field => field.References is not null).Select(field => field.Name).ToList();
                if (task.Initial.Row(row.Collection, row.Key) is { } own
                    && task.Others(row).Where(other => owners.Any(owner => Differ(own, other.Value, owner))).Take(1).ToList() is [var others])
                {
                    yield return task.Replace(call, task.Redirect(step, row, others));
                }
            }
        }
    }

    private static bool Differ(JsonElement own, JsonElement other, string field) =>
        own.TryGetProperty(field, out var ours) && other.TryGetProperty(field, out var theirs) && StoredKey.Of(ours) != StoredKey.Of(theirs);
}
