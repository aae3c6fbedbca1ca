using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning;

/// <summary>Products of rows: eight lanes whatever the processor, one order of addition. Lengths are the caller's promise.</summary>
internal static class Dot
{
    /// <summary>Σ a·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Debug.Assert(a.Length == b.Length);
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var column = 0;
        var lanes = Vector512<double>.Zero;
        for (; column <= a.Length - Vector512<double>.Count; column += Vector512<double>.Count)
            lanes = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref left, (nuint)column), Vector512.LoadUnsafe(ref right, (nuint)column), lanes);
        var sum = Distance.Sum(lanes);
        for (; column < a.Length; column++)
            sum = Math.FusedMultiplyAdd(Unsafe.Add(ref left, column), Unsafe.Add(ref right, column), sum);
        return sum;
    }

    /// <summary>target += factor · row, element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> row, double factor)
    {
        Debug.Assert(target.Length == row.Length);
        ref var sums = ref MemoryMarshal.GetReference(target);
        ref var values = ref MemoryMarshal.GetReference(row);
        var factors = Vector512.Create(factor);
        var column = 0;
        for (; column <= row.Length - Vector512<double>.Count; column += Vector512<double>.Count)
            Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref values, (nuint)column), factors, Vector512.LoadUnsafe(ref sums, (nuint)column)).StoreUnsafe(ref sums, (nuint)column);
        for (; column < row.Length; column++)
            Unsafe.Add(ref sums, column) = Math.FusedMultiplyAdd(Unsafe.Add(ref values, column), factor, Unsafe.Add(ref sums, column));
    }
}
