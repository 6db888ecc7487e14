namespace AgentScaler.Core.Tests.Graphs;

/// <summary>The adjusted Rand index of two partitions (Hubert and Arabie, 1985): 1 for equal ones, about 0 for unrelated ones.</summary>
internal static class RandIndex
{
    /// <summary>Compares two labelings of the same items.</summary>
    public static double Of<TLeft, TRight>(IReadOnlyList<TLeft> left, IReadOnlyList<TRight> right)
    {
        var both = left.Zip(right).GroupBy(pair => pair).Sum(group => Pairs(group.Count()));
        var first = left.GroupBy(label => label).Sum(group => Pairs(group.Count()));
        var second = right.GroupBy(label => label).Sum(group => Pairs(group.Count()));
        var expected = first * second / Pairs(left.Count);
        var most = (first + second) / 2;
        return most == expected ? 1 : (both - expected) / (most - expected);
    }

    private static double Pairs(int count) => count * (count - 1) / 2.0;
}
