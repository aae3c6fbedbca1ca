using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Linear;

/// <summary>Sums of weighted products of columns over a few rows: the dense part of a Hessian.</summary>
internal static class WeightedProducts
{
    /// <summary>
    /// sums += leftᵀ · right on and below the diagonal, in tiles of 8 × 8 that stay in eight registers over all rows (above the diagonal of
    /// the tiles on it there is more than needed, which is never read). A row of registers is read once for eight products.
    /// </summary>
    /// <param name="left">Shape (rows × width): the rows, each times its weight.</param>
    /// <param name="right">Shape (rows × width): the rows.</param>
    /// <param name="width">A multiple of 8.</param>
    /// <param name="sums">Shape (width × width).</param>
    public static void AddLower(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int rows, int width, Span<double> sums)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        ref var target = ref MemoryMarshal.GetReference(sums);
        for (var j = 0; j < width; j += 8)
        {
            for (var k = 0; k <= j; k += 8)
                AddTile(ref Unsafe.Add(ref a, j), ref Unsafe.Add(ref b, k), rows, width, ref Unsafe.Add(ref target, (j * width) + k));
        }
    }

    private static void AddTile(ref double a, ref double b, int rows, int width, ref double target)
    {
        var t0 = Vector512<double>.Zero;
        var t1 = Vector512<double>.Zero;
        var t2 = Vector512<double>.Zero;
        var t3 = Vector512<double>.Zero;
        var t4 = Vector512<double>.Zero;
        var t5 = Vector512<double>.Zero;
        var t6 = Vector512<double>.Zero;
        var t7 = Vector512<double>.Zero;
        for (var row = 0; row < rows; row++)
        {
            ref var x = ref Unsafe.Add(ref a, row * width);
            var y = Vector512.LoadUnsafe(ref Unsafe.Add(ref b, row * width));
            t0 = Vector512.FusedMultiplyAdd(Vector512.Create(x), y, t0);
            t1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 1)), y, t1);
            t2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 2)), y, t2);
            t3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 3)), y, t3);
            t4 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 4)), y, t4);
            t5 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 5)), y, t5);
            t6 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 6)), y, t6);
            t7 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 7)), y, t7);
        }

        Add(ref target, 0, width, t0);
        Add(ref target, 1, width, t1);
        Add(ref target, 2, width, t2);
        Add(ref target, 3, width, t3);
        Add(ref target, 4, width, t4);
        Add(ref target, 5, width, t5);
        Add(ref target, 6, width, t6);
        Add(ref target, 7, width, t7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double target, int line, int width, Vector512<double> sums)
    {
        ref var own = ref Unsafe.Add(ref target, line * width);
        (Vector512.LoadUnsafe(ref own) + sums).StoreUnsafe(ref own);
    }
}
