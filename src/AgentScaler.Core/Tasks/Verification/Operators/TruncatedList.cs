namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>Of several rows that were asked for, the user is told all but the last.</summary>
internal sealed class TruncatedList : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "truncated-list";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task)
    {
        foreach (var request in task.Task.Requests)
        {
            var rows = request.RequiredOutputs.GroupBy(output => (output.Call, Row: RowOf(output.Path))).ToList();
            if (rows.Count > 1)
            {
                yield return new Mutant(task.Gold, [.. task.Outputs.Except(rows[^1])]);
            }
        }
    }

    /// <summary>The path up to its last position in a list; empty where it has none.</summary>
    private static string RowOf(string path)
    {
        var names = ResultPath.Segments(path);
        var last = Array.FindLastIndex(names, name => name.All(char.IsAsciiDigit));
        return string.Join('.', names.Take(last + 1));
    }
}
