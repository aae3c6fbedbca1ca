using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering;

/// <summary>
/// The inner kernel of k-means: for sixteen rows at a time, the nearest and second nearest of k centres.
/// </summary>
/// <remarks>
/// A row sits in one lane, so each score h − x·c (h = ‖c‖²/2; half of ‖x − c‖² less ‖x‖²) is summed column after column by fused
/// multiply-adds: the scalar loop gives the same bits, on every processor. Four centres × sixteen rows keep eight accumulators in
/// registers, enough to hide the latency of the multiply-add. Cost: rows · k · d multiply-adds. Compiled at once for the processor at hand, as
/// the other kernels here: a fit of a few thousand rows would be over before the runtime has found out that it pays.
/// </remarks>
internal static class NearestCentroid
{
    private const int PanelRows = RowPanel.Rows;

    private const int Lanes = 8;

    /// <summary>
    /// IN panel (columns × 16, as <see cref="RowPanel"/> lays it), centres (k × columns, moved by the same offset), halfNorms (k);
    /// OUT per lane the least score, the second least (∞ when k = 1) and the index of the least, the lower one among equals.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(ReadOnlySpan<double> panel, ReadOnlySpan<double> centres, ReadOnlySpan<double> halfNorms, Span<double> best, Span<double> second, Span<int> nearest)
    {
        var count = halfNorms.Length;
        var columns = centres.Length / count;
        Debug.Assert(panel.Length >= columns * PanelRows && best.Length >= PanelRows && second.Length >= PanelRows && nearest.Length >= PanelRows);
        ref var rows = ref MemoryMarshal.GetReference(panel);
        ref var centre = ref MemoryMarshal.GetReference(centres);

        var left = Running.Start();
        var right = Running.Start();
        var index = 0;
        for (; index <= count - 4; index += 4)
        {
            var a0 = Vector512.Create(halfNorms[index]);
            var a1 = a0;
            var b0 = Vector512.Create(halfNorms[index + 1]);
            var b1 = b0;
            var c0 = Vector512.Create(halfNorms[index + 2]);
            var c1 = c0;
            var d0 = Vector512.Create(halfNorms[index + 3]);
            var d1 = d0;
            ref var first = ref Unsafe.Add(ref centre, (nint)index * columns);
            for (nint column = 0; column < columns; column++)
            {
                var x0 = Vector512.LoadUnsafe(ref rows, (nuint)(column * PanelRows));
                var x1 = Vector512.LoadUnsafe(ref rows, (nuint)((column * PanelRows) + Lanes));
                var value = Vector512.Create(Unsafe.Add(ref first, column));
                a0 = Vector512.FusedMultiplyAdd(x0, value, a0);
                a1 = Vector512.FusedMultiplyAdd(x1, value, a1);
                value = Vector512.Create(Unsafe.Add(ref first, column + columns));
                b0 = Vector512.FusedMultiplyAdd(x0, value, b0);
                b1 = Vector512.FusedMultiplyAdd(x1, value, b1);
                value = Vector512.Create(Unsafe.Add(ref first, column + (2 * (nint)columns)));
                c0 = Vector512.FusedMultiplyAdd(x0, value, c0);
                c1 = Vector512.FusedMultiplyAdd(x1, value, c1);
                value = Vector512.Create(Unsafe.Add(ref first, column + (3 * (nint)columns)));
                d0 = Vector512.FusedMultiplyAdd(x0, value, d0);
                d1 = Vector512.FusedMultiplyAdd(x1, value, d1);
            }

            left = left.Meet(a0, index).Meet(b0, index + 1).Meet(c0, index + 2).Meet(d0, index + 3);
            right = right.Meet(a1, index).Meet(b1, index + 1).Meet(c1, index + 2).Meet(d1, index + 3);
        }

        for (; index < count; index++)
        {
            var a0 = Vector512.Create(halfNorms[index]);
            var a1 = a0;
            ref var first = ref Unsafe.Add(ref centre, (nint)index * columns);
            for (nint column = 0; column < columns; column++)
            {
                var value = Vector512.Create(Unsafe.Add(ref first, column));
                a0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref rows, (nuint)(column * PanelRows)), value, a0);
                a1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref rows, (nuint)((column * PanelRows) + Lanes)), value, a1);
            }

            left = left.Meet(a0, index);
            right = right.Meet(a1, index);
        }

        left.Store(best, second, nearest);
        right.Store(best[Lanes..], second[Lanes..], nearest[Lanes..]);
    }

    /// <summary>Scores of a panel to distances, in place: √(‖x‖² + 2 · score), 0 where rounding would make it less.</summary>
    public static void ToDistances(ReadOnlySpan<double> squaredNorms, Span<double> scores)
    {
        Debug.Assert(squaredNorms.Length >= PanelRows && scores.Length >= PanelRows);
        for (var lane = 0; lane < PanelRows; lane += Lanes)
        {
            var score = Vector512.Create<double>(scores.Slice(lane, Lanes));
            var squared = Vector512.Create<double>(squaredNorms.Slice(lane, Lanes)) + score + score;
            Vector512.Sqrt(Vector512.Max(squared, Vector512<double>.Zero)).CopyTo(scores[lane..]);
        }
    }

    /// <summary>Best, second best and index so far, one row a lane. The index is held as a double: exact, and of the mask's width.</summary>
    private readonly struct Running(Vector512<double> best, Vector512<double> second, Vector512<double> index)
    {
        private readonly Vector512<double> _best = best;
        private readonly Vector512<double> _second = second;
        private readonly Vector512<double> _index = index;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Running Start()
        {
            var infinity = Vector512.Create(double.PositiveInfinity);
            return new Running(infinity, infinity, Vector512<double>.Zero);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Running Meet(Vector512<double> score, int index)
        {
            var less = Vector512.LessThan(score, _best);
            return new Running(
                Vector512.MinNative(_best, score),
                Vector512.MinNative(_second, Vector512.MaxNative(_best, score)),
                Vector512.ConditionalSelect(less, Vector512.Create((double)index), _index));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(Span<double> best, Span<double> second, Span<int> nearest)
        {
            _best.CopyTo(best);
            _second.CopyTo(second);
            for (var lane = 0; lane < Lanes; lane++)
                nearest[lane] = (int)_index.GetElement(lane);
        }
    }
}
