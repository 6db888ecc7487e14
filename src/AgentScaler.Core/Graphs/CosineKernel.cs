namespace AgentScaler.Graphs;

/// <summary>
/// The one fixed dot product that decides and is stored: scalar, double precision (in which a product of two floats is exact), in
/// four partial sums that are added in one order. Vectorised sums differ with the
/// width of the machine's registers; this one does not (pipeline.md, determinism contract).
/// </summary>
public static class CosineKernel
{
    /// <summary>Decimals of a stored weight.</summary>
    public const int Decimals = 6;

    /// <summary>The dot product of two rows of the same length; the cosine if both are normalised.</summary>
    public static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double a = 0, b = 0, c = 0, d = 0;
        var i = 0;
        for (; i + 4 <= left.Length && i + 4 <= right.Length; i += 4)
        {
            a += (double)left[i] * right[i];
            b += (double)left[i + 1] * right[i + 1];
            c += (double)left[i + 2] * right[i + 2];
            d += (double)left[i + 3] * right[i + 3];
        }

        for (; i < left.Length; i++)
        {
            a += (double)left[i] * right[i];
        }

        return a + b + (c + d);
    }
}
