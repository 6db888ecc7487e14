using System.Globalization;

namespace AgentScaler.Json;

/// <summary>The bounds a schema sets on a number.</summary>
internal readonly record struct NumberRange(double Minimum, bool MinimumExcluded, double Maximum, bool MaximumExcluded)
{
    /// <summary>Whether there is no bound.</summary>
    public bool IsUnbounded => double.IsNegativeInfinity(Minimum) && double.IsPositiveInfinity(Maximum);

    /// <summary>Whether a number lies within.</summary>
    public bool Contains(double value) =>
        (MinimumExcluded ? value > Minimum : value >= Minimum) && (MaximumExcluded ? value < Maximum : value <= Maximum);

    /// <inheritdoc/>
    public override string ToString()
    {
        var low = double.IsNegativeInfinity(Minimum) ? null : (MinimumExcluded ? "above " : "of at least ") + Text(Minimum);
        var high = double.IsPositiveInfinity(Maximum) ? null : (MaximumExcluded ? "below " : "of at most ") + Text(Maximum);
        return low is null ? high ?? "" : high is null ? low : low + " and " + high;
    }

    private static string Text(double bound) => bound.ToString("R", CultureInfo.InvariantCulture);
}
