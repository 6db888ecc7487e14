namespace AgentScaler.Tasks.Verification;

/// <summary>The audit of the verifier over many tasks: those kept, and those that left because of it.</summary>
/// <param name="Tasks">Tasks tried.</param>
/// <param name="Left">Tasks that left because the verifier judged a trial wrongly.</param>
/// <param name="WritingTasks">Tasks of these whose gold writes.</param>
/// <param name="FewMutants">Writing tasks that allow fewer than <see cref="VerifierAudit.FewestMutants"/> mutants.</param>
/// <param name="Operators">By operator's name.</param>
public sealed record VerificationReport(int Tasks, int Left, int WritingTasks, int FewMutants, SortedDictionary<string, OperatorCounts> Operators)
{
    /// <summary>All operators together.</summary>
    public OperatorCounts Total => Operators.Values.Aggregate(new OperatorCounts(0), (sum, counts) => sum + counts);

    /// <summary>The report on some tasks.</summary>
    public static VerificationReport Of(IEnumerable<TaskVerification> tasks)
    {
        var all = tasks.ToList();
        return new VerificationReport(
            all.Count,
            all.Count(task => task.Faults is not null),
            all.Count(task => task.Writes),
            all.Count(task => task.Writes && task.Mutants < VerifierAudit.FewestMutants),
            Sum(all.SelectMany(task => task.Operators)));
    }

    /// <summary>Several reports together.</summary>
    public static VerificationReport Sum(IEnumerable<VerificationReport> reports)
    {
        var all = reports.ToList();
        return new VerificationReport(
            all.Sum(report => report.Tasks), all.Sum(report => report.Left), all.Sum(report => report.WritingTasks), all.Sum(report => report.FewMutants),
            Sum(all.SelectMany(report => report.Operators)));
    }

    private static SortedDictionary<string, OperatorCounts> Sum(IEnumerable<KeyValuePair<string, OperatorCounts>> operators)
    {
        var sums = new SortedDictionary<string, OperatorCounts>(StringComparer.Ordinal);
        foreach (var (name, counts) in operators)
        {
            sums[name] = sums.TryGetValue(name, out var before) ? before + counts : counts;
        }

        return sums;
    }
}
