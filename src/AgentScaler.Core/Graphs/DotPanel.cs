using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AgentScaler.Graphs;

/// <summary>
/// Dot products of a few rows with a panel of others at once. The panel is stored by dimension, so that each step multiplies one value of a
/// row with a register of others: no sum across a register, and many products for each value loaded, which makes arithmetic and not memory
/// the limit (after Goto and van de Geijn, 2008). As wide as the machine and in single precision: for candidates, never for decisions.
/// </summary>
internal static class DotPanel
{
    /// <summary>Rows a call takes.</summary>
    public static readonly int Rows = Vector512.IsHardwareAccelerated ? 8 : 4;

    /// <summary>Others in a panel.</summary>
    public static readonly int Columns = 3 * (Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count);

    /// <summary>Stores some rows as a panel, by dimension; what is missing to a full panel is zero.</summary>
    /// <param name="first">First row.</param>
    /// <param name="panel">Dimensions x <see cref="Columns"/>.</param>
    public static void Pack(VectorTable vectors, int first, Span<float> panel)
    {
        panel.Clear();
        var count = Math.Min(Columns, vectors.Count - first);
        for (var column = 0; column < count; column++)
        {
            var row = vectors.Row(first + column);
            for (var k = 0; k < row.Length; k++)
            {
                panel[(k * Columns) + column] = row[k];
            }
        }
    }

    /// <summary>Computes <c>products[i * Columns + j]</c> = row i times other j, if any of them reaches the limit.</summary>
    /// <param name="rows"><see cref="Rows"/> rows, one after the other.</param>
    /// <returns>Whether any reaches it; if not, the products are not written.</returns>
    public static bool TryCompute(ReadOnlySpan<float> panel, ReadOnlySpan<float> rows, float limit, Span<float> products)
    {
        var depth = rows.Length / Rows;
        if (panel.Length < depth * Columns || products.Length < Rows * Columns)
        {
            throw new ArgumentException("the panel or the space for its products is too short", nameof(panel));
        }

        ref var others = ref MemoryMarshal.GetReference(panel);
        ref var values = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(products);
        return Vector512.IsHardwareAccelerated
            ? TryComputeWide(ref others, ref values, depth, limit, ref target)
            : TryComputeNarrow(ref others, ref values, depth, limit, ref target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryComputeWide(ref float panel, ref float rows, int depth, float limit, ref float products)
    {
        var stride = (nuint)depth;
        ref var r0 = ref rows;
        ref var r1 = ref Unsafe.Add(ref r0, stride);
        ref var r2 = ref Unsafe.Add(ref r1, stride);
        ref var r3 = ref Unsafe.Add(ref r2, stride);
        ref var r4 = ref Unsafe.Add(ref r3, stride);
        ref var r5 = ref Unsafe.Add(ref r4, stride);
        ref var r6 = ref Unsafe.Add(ref r5, stride);
        ref var r7 = ref Unsafe.Add(ref r6, stride);
        Vector512<float> s00 = default, s01 = default, s02 = default;
        Vector512<float> s10 = default, s11 = default, s12 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default;
        Vector512<float> s30 = default, s31 = default, s32 = default;
        Vector512<float> s40 = default, s41 = default, s42 = default;
        Vector512<float> s50 = default, s51 = default, s52 = default;
        Vector512<float> s60 = default, s61 = default, s62 = default;
        Vector512<float> s70 = default, s71 = default, s72 = default;
        for (nuint k = 0; k < stride; k++)
        {
            var c0 = Vector512.LoadUnsafe(ref panel);
            var c1 = Vector512.LoadUnsafe(ref panel, (nuint)Vector512<float>.Count);
            var c2 = Vector512.LoadUnsafe(ref panel, 2 * (nuint)Vector512<float>.Count);
            panel = ref Unsafe.Add(ref panel, 3 * Vector512<float>.Count);
            var value = Vector512.Create(Unsafe.Add(ref r0, k));
            s00 = Vector512.MultiplyAddEstimate(value, c0, s00);
            s01 = Vector512.MultiplyAddEstimate(value, c1, s01);
            s02 = Vector512.MultiplyAddEstimate(value, c2, s02);
            value = Vector512.Create(Unsafe.Add(ref r1, k));
            s10 = Vector512.MultiplyAddEstimate(value, c0, s10);
            s11 = Vector512.MultiplyAddEstimate(value, c1, s11);
            s12 = Vector512.MultiplyAddEstimate(value, c2, s12);
            value = Vector512.Create(Unsafe.Add(ref r2, k));
            s20 = Vector512.MultiplyAddEstimate(value, c0, s20);
            s21 = Vector512.MultiplyAddEstimate(value, c1, s21);
            s22 = Vector512.MultiplyAddEstimate(value, c2, s22);
            value = Vector512.Create(Unsafe.Add(ref r3, k));
            s30 = Vector512.MultiplyAddEstimate(value, c0, s30);
            s31 = Vector512.MultiplyAddEstimate(value, c1, s31);
            s32 = Vector512.MultiplyAddEstimate(value, c2, s32);
            value = Vector512.Create(Unsafe.Add(ref r4, k));
            s40 = Vector512.MultiplyAddEstimate(value, c0, s40);
            s41 = Vector512.MultiplyAddEstimate(value, c1, s41);
            s42 = Vector512.MultiplyAddEstimate(value, c2, s42);
            value = Vector512.Create(Unsafe.Add(ref r5, k));
            s50 = Vector512.MultiplyAddEstimate(value, c0, s50);
            s51 = Vector512.MultiplyAddEstimate(value, c1, s51);
            s52 = Vector512.MultiplyAddEstimate(value, c2, s52);
            value = Vector512.Create(Unsafe.Add(ref r6, k));
            s60 = Vector512.MultiplyAddEstimate(value, c0, s60);
            s61 = Vector512.MultiplyAddEstimate(value, c1, s61);
            s62 = Vector512.MultiplyAddEstimate(value, c2, s62);
            value = Vector512.Create(Unsafe.Add(ref r7, k));
            s70 = Vector512.MultiplyAddEstimate(value, c0, s70);
            s71 = Vector512.MultiplyAddEstimate(value, c1, s71);
            s72 = Vector512.MultiplyAddEstimate(value, c2, s72);
        }

        var top = Vector512.Max(Vector512.Max(s00, s01), s02);
        top = Vector512.Max(top, Vector512.Max(Vector512.Max(s10, s11), s12));
        top = Vector512.Max(top, Vector512.Max(Vector512.Max(s20, s21), s22));
        top = Vector512.Max(top, Vector512.Max(Vector512.Max(s30, s31), s32));
        top = Vector512.Max(top, Vector512.Max(Vector512.Max(s40, s41), s42));
        top = Vector512.Max(top, Vector512.Max(Vector512.Max(s50, s51), s52));
        top = Vector512.Max(top, Vector512.Max(Vector512.Max(s60, s61), s62));
        top = Vector512.Max(top, Vector512.Max(Vector512.Max(s70, s71), s72));
        if (!Vector512.GreaterThanOrEqualAny(top, Vector512.Create(limit)))
        {
            return false;
        }

        s00.StoreUnsafe(ref products, 0 * (nuint)Vector512<float>.Count);
        s01.StoreUnsafe(ref products, 1 * (nuint)Vector512<float>.Count);
        s02.StoreUnsafe(ref products, 2 * (nuint)Vector512<float>.Count);
        s10.StoreUnsafe(ref products, 3 * (nuint)Vector512<float>.Count);
        s11.StoreUnsafe(ref products, 4 * (nuint)Vector512<float>.Count);
        s12.StoreUnsafe(ref products, 5 * (nuint)Vector512<float>.Count);
        s20.StoreUnsafe(ref products, 6 * (nuint)Vector512<float>.Count);
        s21.StoreUnsafe(ref products, 7 * (nuint)Vector512<float>.Count);
        s22.StoreUnsafe(ref products, 8 * (nuint)Vector512<float>.Count);
        s30.StoreUnsafe(ref products, 9 * (nuint)Vector512<float>.Count);
        s31.StoreUnsafe(ref products, 10 * (nuint)Vector512<float>.Count);
        s32.StoreUnsafe(ref products, 11 * (nuint)Vector512<float>.Count);
        s40.StoreUnsafe(ref products, 12 * (nuint)Vector512<float>.Count);
        s41.StoreUnsafe(ref products, 13 * (nuint)Vector512<float>.Count);
        s42.StoreUnsafe(ref products, 14 * (nuint)Vector512<float>.Count);
        s50.StoreUnsafe(ref products, 15 * (nuint)Vector512<float>.Count);
        s51.StoreUnsafe(ref products, 16 * (nuint)Vector512<float>.Count);
        s52.StoreUnsafe(ref products, 17 * (nuint)Vector512<float>.Count);
        s60.StoreUnsafe(ref products, 18 * (nuint)Vector512<float>.Count);
        s61.StoreUnsafe(ref products, 19 * (nuint)Vector512<float>.Count);
        s62.StoreUnsafe(ref products, 20 * (nuint)Vector512<float>.Count);
        s70.StoreUnsafe(ref products, 21 * (nuint)Vector512<float>.Count);
        s71.StoreUnsafe(ref products, 22 * (nuint)Vector512<float>.Count);
        s72.StoreUnsafe(ref products, 23 * (nuint)Vector512<float>.Count);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryComputeNarrow(ref float panel, ref float rows, int depth, float limit, ref float products)
    {
        var stride = (nuint)depth;
        ref var r0 = ref rows;
        ref var r1 = ref Unsafe.Add(ref r0, stride);
        ref var r2 = ref Unsafe.Add(ref r1, stride);
        ref var r3 = ref Unsafe.Add(ref r2, stride);
        Vector256<float> s00 = default, s01 = default, s02 = default;
        Vector256<float> s10 = default, s11 = default, s12 = default;
        Vector256<float> s20 = default, s21 = default, s22 = default;
        Vector256<float> s30 = default, s31 = default, s32 = default;
        for (nuint k = 0; k < stride; k++)
        {
            var c0 = Vector256.LoadUnsafe(ref panel);
            var c1 = Vector256.LoadUnsafe(ref panel, (nuint)Vector256<float>.Count);
            var c2 = Vector256.LoadUnsafe(ref panel, 2 * (nuint)Vector256<float>.Count);
            panel = ref Unsafe.Add(ref panel, 3 * Vector256<float>.Count);
            var value = Vector256.Create(Unsafe.Add(ref r0, k));
            s00 = Vector256.MultiplyAddEstimate(value, c0, s00);
            s01 = Vector256.MultiplyAddEstimate(value, c1, s01);
            s02 = Vector256.MultiplyAddEstimate(value, c2, s02);
            value = Vector256.Create(Unsafe.Add(ref r1, k));
            s10 = Vector256.MultiplyAddEstimate(value, c0, s10);
            s11 = Vector256.MultiplyAddEstimate(value, c1, s11);
            s12 = Vector256.MultiplyAddEstimate(value, c2, s12);
            value = Vector256.Create(Unsafe.Add(ref r2, k));
            s20 = Vector256.MultiplyAddEstimate(value, c0, s20);
            s21 = Vector256.MultiplyAddEstimate(value, c1, s21);
            s22 = Vector256.MultiplyAddEstimate(value, c2, s22);
            value = Vector256.Create(Unsafe.Add(ref r3, k));
            s30 = Vector256.MultiplyAddEstimate(value, c0, s30);
            s31 = Vector256.MultiplyAddEstimate(value, c1, s31);
            s32 = Vector256.MultiplyAddEstimate(value, c2, s32);
        }

        var top = Vector256.Max(Vector256.Max(s00, s01), s02);
        top = Vector256.Max(top, Vector256.Max(Vector256.Max(s10, s11), s12));
        top = Vector256.Max(top, Vector256.Max(Vector256.Max(s20, s21), s22));
        top = Vector256.Max(top, Vector256.Max(Vector256.Max(s30, s31), s32));
        if (!Vector256.GreaterThanOrEqualAny(top, Vector256.Create(limit)))
        {
            return false;
        }

        s00.StoreUnsafe(ref products, 0 * (nuint)Vector256<float>.Count);
        s01.StoreUnsafe(ref products, 1 * (nuint)Vector256<float>.Count);
        s02.StoreUnsafe(ref products, 2 * (nuint)Vector256<float>.Count);
        s10.StoreUnsafe(ref products, 3 * (nuint)Vector256<float>.Count);
        s11.StoreUnsafe(ref products, 4 * (nuint)Vector256<float>.Count);
        s12.StoreUnsafe(ref products, 5 * (nuint)Vector256<float>.Count);
        s20.StoreUnsafe(ref products, 6 * (nuint)Vector256<float>.Count);
        s21.StoreUnsafe(ref products, 7 * (nuint)Vector256<float>.Count);
        s22.StoreUnsafe(ref products, 8 * (nuint)Vector256<float>.Count);
        s30.StoreUnsafe(ref products, 9 * (nuint)Vector256<float>.Count);
        s31.StoreUnsafe(ref products, 10 * (nuint)Vector256<float>.Count);
        s32.StoreUnsafe(ref products, 11 * (nuint)Vector256<float>.Count);
        return true;
    }
}
