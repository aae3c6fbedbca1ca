using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering;

/// <summary>
/// Squared distances from sixteen rows to one point, by differences: exactly 0 for a row equal to it. Summed column after column, a row
/// a lane, so that the scalar loop gives the same bits.
/// </summary>
internal static class SeedDistances
{
    private const int Lanes = 8;

    /// <summary>IN panel (columns × 16, as <see cref="RowPanel"/> lays it around zero), point (columns); OUT one distance a lane.</summary>
    public static void Squared(ReadOnlySpan<double> panel, ReadOnlySpan<double> point, Span<double> distances)
    {
        var (lower, upper) = Both(panel, point);
        lower.CopyTo(distances);
        upper.CopyTo(distances[Lanes..]);
    }

    /// <summary>Σ weight · min(closest, distance to the point) over the lanes.</summary>
    public static double Potential(ReadOnlySpan<double> panel, ReadOnlySpan<double> point, ReadOnlySpan<double> closest, ReadOnlySpan<double> weights)
    {
        var (lower, upper) = Both(panel, point);
        lower = Vector512.MinNative(lower, Vector512.Create(closest)) * Vector512.Create(weights);
        upper = Vector512.MinNative(upper, Vector512.Create(closest[Lanes..])) * Vector512.Create(weights[Lanes..]);
        return Distance.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Lower, Vector512<double> Upper) Both(ReadOnlySpan<double> panel, ReadOnlySpan<double> point)
    {
        Debug.Assert(panel.Length >= point.Length * RowPanel.Rows);
        ref var rows = ref MemoryMarshal.GetReference(panel);
        var lower = Vector512<double>.Zero;
        var upper = Vector512<double>.Zero;
        for (var column = 0; column < point.Length; column++)
        {
            var value = Vector512.Create(point[column]);
            var a = Vector512.LoadUnsafe(ref rows, (nuint)(column * RowPanel.Rows)) + value;
            var b = Vector512.LoadUnsafe(ref rows, (nuint)((column * RowPanel.Rows) + Lanes)) + value;
            lower = Vector512.FusedMultiplyAdd(a, a, lower);
            upper = Vector512.FusedMultiplyAdd(b, b, upper);
        }

        return (lower, upper);
    }
}
