namespace AgentScaler.Graphs;

/// <summary>
/// The one fixed dot product that decides and is stored: scalar, double precision, first to last. Vectorised sums differ with the
/// width of the machine's registers; this one does not (pipeline.md, determinism contract).
/// </summary>
public static class CosineKernel
{
    /// <summary>Decimals of a stored weight.</summary>
    public const int Decimals = 6;

    /// <summary>The dot product of two rows of the same length; the cosine if both are normalised.</summary>
    public static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += (double)left[i] * right[i];
        }

        return sum;
    }

    /// <summary>The weight that is stored for two rows.</summary>
    public static double Weight(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => Math.Round(Dot(left, right), Decimals);
}
