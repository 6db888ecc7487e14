using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AgentScaler.Graphs;

/// <summary>
/// Dot products of a few rows with a few others at once: each value loaded serves several products, which one product at a time cannot do
/// and memory ports, not arithmetic, are the limit. Single precision and as wide as the machine; for candidates, never for decisions.
/// </summary>
internal static class DotTile
{
    /// <summary>Rows of the left side of a tile.</summary>
    public const int Left = 3;

    /// <summary>Rows of the right side of a tile.</summary>
    public const int Right = 4;

    /// <summary>Computes <c>products[i * Right + j]</c> = row <paramref name="u"/> + i times row <paramref name="v"/> + j.</summary>
    public static void Compute(VectorTable vectors, int u, int v, Span<float> products)
    {
        var length = vectors.Dimensions;
        ref var values = ref MemoryMarshal.GetArrayDataReference(vectors.Values);
        nuint stride = (nuint)length, a = (nuint)u * stride, b = (nuint)v * stride;
        Vector<float> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector<float> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector<float> s20 = default, s21 = default, s22 = default, s23 = default;
        nuint k = 0, end = (nuint)(length - (length % Vector<float>.Count));
        for (; k < end; k += (nuint)Vector<float>.Count)
        {
            var l0 = Vector.LoadUnsafe(ref values, a + k);
            var l1 = Vector.LoadUnsafe(ref values, a + stride + k);
            var l2 = Vector.LoadUnsafe(ref values, a + stride + stride + k);
            var right = Vector.LoadUnsafe(ref values, b + k);
            s00 = Vector.MultiplyAddEstimate(l0, right, s00);
            s10 = Vector.MultiplyAddEstimate(l1, right, s10);
            s20 = Vector.MultiplyAddEstimate(l2, right, s20);
            right = Vector.LoadUnsafe(ref values, b + stride + k);
            s01 = Vector.MultiplyAddEstimate(l0, right, s01);
            s11 = Vector.MultiplyAddEstimate(l1, right, s11);
            s21 = Vector.MultiplyAddEstimate(l2, right, s21);
            right = Vector.LoadUnsafe(ref values, b + stride + stride + k);
            s02 = Vector.MultiplyAddEstimate(l0, right, s02);
            s12 = Vector.MultiplyAddEstimate(l1, right, s12);
            s22 = Vector.MultiplyAddEstimate(l2, right, s22);
            right = Vector.LoadUnsafe(ref values, b + stride + stride + stride + k);
            s03 = Vector.MultiplyAddEstimate(l0, right, s03);
            s13 = Vector.MultiplyAddEstimate(l1, right, s13);
            s23 = Vector.MultiplyAddEstimate(l2, right, s23);
        }

        (products[0], products[1], products[2], products[3]) = (Vector.Sum(s00), Vector.Sum(s01), Vector.Sum(s02), Vector.Sum(s03));
        (products[4], products[5], products[6], products[7]) = (Vector.Sum(s10), Vector.Sum(s11), Vector.Sum(s12), Vector.Sum(s13));
        (products[8], products[9], products[10], products[11]) = (Vector.Sum(s20), Vector.Sum(s21), Vector.Sum(s22), Vector.Sum(s23));
        if ((int)end < length)
        {
            for (var i = 0; i < Left; i++)
            {
                for (var j = 0; j < Right; j++)
                {
                    products[(i * Right) + j] += TensorPrimitives.Dot(vectors.Row(u + i)[(int)end..], vectors.Row(v + j)[(int)end..]);
                }
            }
        }
    }
}
