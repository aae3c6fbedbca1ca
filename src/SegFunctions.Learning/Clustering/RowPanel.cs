using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SegFunctions.Learning.Clustering;

/// <summary>
/// Sixteen rows laid side by side, a row a lane: what the kernels of k-means read. Moved to an offset and negated:
/// panel[column · 16 + lane] = offset[column] − row[column], in doubles or rounded to singles.
/// </summary>
internal static class RowPanel
{
    /// <summary>Rows of a panel.</summary>
    public const int Rows = 16;

    private const int Step = 4;

    /// <summary>Asks for a row from memory, its first 256 bytes; the processor guesses the rest. Elsewhere nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(Matrix rows, int row)
    {
        if (!Sse.IsSupported)
            return;
        // A hint: an address that the collector has moved on is no error.
        var start = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetReference(rows.Values), (nint)row * rows.Columns));
        for (var line = 0; line < Math.Min(256, rows.Columns * sizeof(double)); line += 64)
            Sse.Prefetch0(start + line);
    }

    /// <summary>IN <paramref name="which"/>: 1 to 16 rows; lanes without one repeat the first. OUT panel (columns × 16).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<T>(Matrix rows, ReadOnlySpan<int> which, ReadOnlySpan<double> offset, Span<T> panel)
        where T : unmanaged
    {
        var columns = rows.Columns;
        Debug.Assert(which.Length is > 0 and <= Rows && offset.Length == columns && panel.Length >= Rows * columns);
        ref var values = ref MemoryMarshal.GetReference(rows.Values);
        ref var first = ref Unsafe.Add(ref values, (nint)which[0] * columns);
        for (var lane = 0; lane < Rows; lane += Step)
        {
            if (lane + Step <= which.Length)
            {
                PackFour(
                    ref Unsafe.Add(ref values, (nint)which[lane] * columns),
                    ref Unsafe.Add(ref values, (nint)which[lane + 1] * columns),
                    ref Unsafe.Add(ref values, (nint)which[lane + 2] * columns),
                    ref Unsafe.Add(ref values, (nint)which[lane + 3] * columns),
                    offset,
                    panel[lane..]);
            }
            else
            {
                PackFour(
                    ref lane < which.Length ? ref Unsafe.Add(ref values, (nint)which[lane] * columns) : ref first,
                    ref lane + 1 < which.Length ? ref Unsafe.Add(ref values, (nint)which[lane + 1] * columns) : ref first,
                    ref lane + 2 < which.Length ? ref Unsafe.Add(ref values, (nint)which[lane + 2] * columns) : ref first,
                    ref first,
                    offset,
                    panel[lane..]);
            }
        }
    }

    /// <summary>Four columns of four rows at a time: a transposition in eight shuffles. Elsewhere number by number, to the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PackFour<T>(ref double a, ref double b, ref double c, ref double d, ReadOnlySpan<double> offset, Span<T> panel)
        where T : unmanaged
    {
        ref var target = ref MemoryMarshal.GetReference(panel);
        ref var origin = ref MemoryMarshal.GetReference(offset);
        nint column = 0;
        if (Avx.IsSupported)
        {
            for (; column <= offset.Length - Step; column += Step)
            {
                var zero = Vector256.LoadUnsafe(ref origin, (nuint)column);
                var first = zero - Vector256.LoadUnsafe(ref a, (nuint)column);
                var second = zero - Vector256.LoadUnsafe(ref b, (nuint)column);
                var third = zero - Vector256.LoadUnsafe(ref c, (nuint)column);
                var fourth = zero - Vector256.LoadUnsafe(ref d, (nuint)column);
                var (even, odd) = (Avx.UnpackLow(first, second), Avx.UnpackHigh(first, second));
                var (evenBelow, oddBelow) = (Avx.UnpackLow(third, fourth), Avx.UnpackHigh(third, fourth));
                Store(Avx.Permute2x128(even, evenBelow, 0x20), ref Unsafe.Add(ref target, column * Rows));
                Store(Avx.Permute2x128(odd, oddBelow, 0x20), ref Unsafe.Add(ref target, (column + 1) * Rows));
                Store(Avx.Permute2x128(even, evenBelow, 0x31), ref Unsafe.Add(ref target, (column + 2) * Rows));
                Store(Avx.Permute2x128(odd, oddBelow, 0x31), ref Unsafe.Add(ref target, (column + 3) * Rows));
            }
        }

        for (; column < offset.Length; column++)
        {
            var zero = Unsafe.Add(ref origin, column);
            Store(
                Vector256.Create(zero - Unsafe.Add(ref a, column), zero - Unsafe.Add(ref b, column), zero - Unsafe.Add(ref c, column), zero - Unsafe.Add(ref d, column)),
                ref Unsafe.Add(ref target, column * Rows));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector256<double> lanes, ref T target)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            lanes.StoreUnsafe(ref Unsafe.As<T, double>(ref target));
        else
            Vector128.Narrow(lanes.GetLower(), lanes.GetUpper()).StoreUnsafe(ref Unsafe.As<T, float>(ref target));
    }
}
