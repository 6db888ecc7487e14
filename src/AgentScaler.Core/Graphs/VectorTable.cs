namespace AgentScaler.Graphs;

/// <summary>Vectors of one length, row after row in one block of float32; row i belongs to tool i.</summary>
public sealed class VectorTable
{
    /// <summary>Takes the values as they are, without a copy.</summary>
    /// <param name="values">Row-major; the length is a multiple of <paramref name="dimensions"/>. Rows are L2-normalised, or all
    /// zero.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the dimensions.</exception>
    public VectorTable(float[] values, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimensions);
        if (values.Length % dimensions != 0)
        {
            throw new ArgumentException($"{values.Length} values are no whole number of rows of {dimensions}", nameof(values));
        }

        Values = values;
        Dimensions = dimensions;
        Count = values.Length / dimensions;
    }

    /// <summary>Length of a row.</summary>
    public int Dimensions { get; }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>All rows, one after the other.</summary>
    internal float[] Values { get; }

    /// <summary>One row.</summary>
    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(index * Dimensions, Dimensions);
}
