namespace AgentScaler.Datasets;

/// <summary>Something in a record is not what a record has there.</summary>
/// <param name="place">Where, e.g. <c>$.messages[3].role</c>.</param>
/// <param name="expected">What was expected there.</param>
public sealed class RecordFormatException(string place, string expected) : FormatException($"{place}: {expected}")
{
    /// <summary>Where in the record.</summary>
    public string Place { get; } = place;

    /// <summary>What was expected there.</summary>
    public string Expected { get; } = expected;
}
