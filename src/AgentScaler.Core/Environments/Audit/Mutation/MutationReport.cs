namespace AgentScaler.Environments.Audit.Mutation;

/// <summary>How well an audit notices programs that were changed on purpose: a measure of the audit, not of the programs.</summary>
/// <param name="Operators">Kind of fault to counts.</param>
/// <param name="Survivors">The mutants nobody noticed, by tool and line.</param>
public sealed record MutationReport(SortedDictionary<string, OperatorCount> Operators, IReadOnlyList<Survivor> Survivors)
{
    /// <summary>Mutants made.</summary>
    public int Made => Operators.Values.Sum(count => count.Made);

    /// <summary>Mutants noticed.</summary>
    public int Noticed => Operators.Values.Sum(count => count.Noticed);

    /// <summary>Share of mutants noticed, 0-1; 0 if there were none.</summary>
    public double Score => Made == 0 ? 0 : Math.Round((double)Noticed / Made, 4);

    /// <summary>Several reports in one.</summary>
    public static MutationReport Sum(IEnumerable<MutationReport> reports)
    {
        var operators = new SortedDictionary<string, OperatorCount>(StringComparer.Ordinal);
        var survivors = new List<Survivor>();
        foreach (var report in reports)
        {
            survivors.AddRange(report.Survivors);
            foreach (var (name, count) in report.Operators)
            {
                var sum = operators.GetValueOrDefault(name) ?? new OperatorCount(0, 0);
                operators[name] = new OperatorCount(sum.Made + count.Made, sum.Noticed + count.Noticed);
            }
        }

        return new MutationReport(operators, survivors);
    }
}
