using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering;

/// <summary>
/// <see cref="NearestCentroid"/> in single precision: sixteen rows fill one register, so that eight centres are in work at a time and
/// a score costs half. A score errs by up to about (d + 2) · 2⁻²⁴ · (‖x‖² + ‖c‖²) around the offset.
/// </summary>
internal static class NearestCentroidSingle
{
    private const int Lanes = RowPanel.Rows;

    /// <summary>As <see cref="NearestCentroid.Find"/>; the index is exact below 2²⁴ centres.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(ReadOnlySpan<float> panel, ReadOnlySpan<float> centres, ReadOnlySpan<float> halfNorms, Span<double> best, Span<double> second, Span<int> nearest)
    {
        var count = halfNorms.Length;
        var columns = centres.Length / count;
        Debug.Assert(panel.Length >= columns * Lanes && best.Length >= Lanes && second.Length >= Lanes && nearest.Length >= Lanes);
        ref var rows = ref MemoryMarshal.GetReference(panel);
        ref var centre = ref MemoryMarshal.GetReference(centres);
        var running = Running.Start();
        var index = 0;
        for (; index <= count - 8; index += 8)
        {
            var a = Vector512.Create(halfNorms[index]);
            var b = Vector512.Create(halfNorms[index + 1]);
            var c = Vector512.Create(halfNorms[index + 2]);
            var d = Vector512.Create(halfNorms[index + 3]);
            var e = Vector512.Create(halfNorms[index + 4]);
            var f = Vector512.Create(halfNorms[index + 5]);
            var g = Vector512.Create(halfNorms[index + 6]);
            var h = Vector512.Create(halfNorms[index + 7]);
            ref var first = ref Unsafe.Add(ref centre, (nint)index * columns);
            ref var fifth = ref Unsafe.Add(ref first, (nint)4 * columns);
            for (nint column = 0; column < columns; column++)
            {
                var x = Vector512.LoadUnsafe(ref rows, (nuint)(column * Lanes));
                a = Vector512.FusedMultiplyAdd(x, Vector512.Create(Unsafe.Add(ref first, column)), a);
                b = Vector512.FusedMultiplyAdd(x, Vector512.Create(Unsafe.Add(ref first, column + columns)), b);
                c = Vector512.FusedMultiplyAdd(x, Vector512.Create(Unsafe.Add(ref first, column + (2 * (nint)columns))), c);
                d = Vector512.FusedMultiplyAdd(x, Vector512.Create(Unsafe.Add(ref first, column + (3 * (nint)columns))), d);
                e = Vector512.FusedMultiplyAdd(x, Vector512.Create(Unsafe.Add(ref fifth, column)), e);
                f = Vector512.FusedMultiplyAdd(x, Vector512.Create(Unsafe.Add(ref fifth, column + columns)), f);
                g = Vector512.FusedMultiplyAdd(x, Vector512.Create(Unsafe.Add(ref fifth, column + (2 * (nint)columns))), g);
                h = Vector512.FusedMultiplyAdd(x, Vector512.Create(Unsafe.Add(ref fifth, column + (3 * (nint)columns))), h);
            }

            running = running.Meet(a, index).Meet(b, index + 1).Meet(c, index + 2).Meet(d, index + 3)
                .Meet(e, index + 4).Meet(f, index + 5).Meet(g, index + 6).Meet(h, index + 7);
        }

        for (; index < count; index++)
        {
            var a = Vector512.Create(halfNorms[index]);
            ref var first = ref Unsafe.Add(ref centre, (nint)index * columns);
            for (nint column = 0; column < columns; column++)
                a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref rows, (nuint)(column * Lanes)), Vector512.Create(Unsafe.Add(ref first, column)), a);
            running = running.Meet(a, index);
        }

        running.Store(best, second, nearest);
    }

    /// <summary>Best, second best and index so far, one row a lane.</summary>
    private readonly struct Running(Vector512<float> best, Vector512<float> second, Vector512<float> index)
    {
        private readonly Vector512<float> _best = best;
        private readonly Vector512<float> _second = second;
        private readonly Vector512<float> _index = index;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Running Start()
        {
            var infinity = Vector512.Create(float.PositiveInfinity);
            return new Running(infinity, infinity, Vector512<float>.Zero);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Running Meet(Vector512<float> score, int index)
        {
            var less = Vector512.LessThan(score, _best);
            return new Running(
                Vector512.MinNative(_best, score),
                Vector512.MinNative(_second, Vector512.MaxNative(_best, score)),
                Vector512.ConditionalSelect(less, Vector512.Create((float)index), _index));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(Span<double> best, Span<double> second, Span<int> nearest)
        {
            var (lower, upper) = Vector512.Widen(_best);
            lower.CopyTo(best);
            upper.CopyTo(best[(Lanes / 2)..]);
            (lower, upper) = Vector512.Widen(_second);
            lower.CopyTo(second);
            upper.CopyTo(second[(Lanes / 2)..]);
            Vector512.ConvertToInt32(_index).CopyTo(nearest);
        }
    }
}
