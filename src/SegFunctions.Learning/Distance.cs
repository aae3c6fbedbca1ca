using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning;

/// <summary>
/// Distance kernels between rows. Eight lanes whatever the processor, and one order of addition, so that the last bit of a
/// result does not depend on the machine. Lengths are the caller's promise.
/// </summary>
internal static class Distance
{
    /// <summary>‖a − b‖² by differences: exact 0 for equal rows, no cancellation for close ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Squared(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Debug.Assert(a.Length == b.Length);
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var length = a.Length;
        var column = 0;
        var sum = 0.0;
        if (length >= Vector512<double>.Count)
        {
            var lanes = Vector512<double>.Zero;
            for (; column <= length - Vector512<double>.Count; column += Vector512<double>.Count)
            {
                var difference = Vector512.LoadUnsafe(ref left, (nuint)column) - Vector512.LoadUnsafe(ref right, (nuint)column);
                lanes = Vector512.FusedMultiplyAdd(difference, difference, lanes);
            }

            sum = Sum(lanes);
        }

        for (; column < length; column++)
        {
            var difference = Unsafe.Add(ref left, column) - Unsafe.Add(ref right, column);
            sum = Math.FusedMultiplyAdd(difference, difference, sum);
        }

        return sum;
    }

    /// <summary>Lanes 0–3 plus 4–7, then 0–1 plus 2–3, then 0 plus 1: the order every processor can keep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }

    /// <summary>target += row, element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(Span<double> target, ReadOnlySpan<double> row)
    {
        Debug.Assert(target.Length == row.Length);
        ref var sums = ref MemoryMarshal.GetReference(target);
        ref var values = ref MemoryMarshal.GetReference(row);
        var column = 0;
        for (; column <= row.Length - Vector512<double>.Count; column += Vector512<double>.Count)
            (Vector512.LoadUnsafe(ref sums, (nuint)column) + Vector512.LoadUnsafe(ref values, (nuint)column)).StoreUnsafe(ref sums, (nuint)column);
        for (; column < row.Length; column++)
            Unsafe.Add(ref sums, column) += Unsafe.Add(ref values, column);
    }
}
