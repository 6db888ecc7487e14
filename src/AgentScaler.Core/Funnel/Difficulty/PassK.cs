namespace AgentScaler.Funnel.Difficulty;

/// <summary>
/// <c>pass^k</c>, the chance that k trials of a task all pass (tau-bench, section 3): C(c, k) / C(n, k) for c of n trials passed, which estimates it without bias.
/// </summary>
public static class PassK
{
    /// <summary>The estimate for one task.</summary>
    /// <param name="trials">Trials, n.</param>
    /// <param name="passed">Trials that passed, c, 0 to n.</param>
    /// <param name="k">1 to n.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    public static double Of(int trials, int passed, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(passed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passed, trials);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, trials);
        var chance = 1.0;
        for (var i = 0; i < k; i++)
        {
            chance *= Math.Max(0, passed - i) / (double)(trials - i);
        }

        return chance;
    }

    /// <summary>The estimates for k from 1 to the number of trials.</summary>
    public static IReadOnlyList<double> All(int trials, int passed) => [.. Enumerable.Range(1, trials).Select(k => Of(trials, passed, k))];
}
