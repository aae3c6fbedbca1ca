using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering;

/// <summary>
/// One row against sixteen centres, a centre a lane: the counterpart of <see cref="NearestCentroid"/> for when few rows need a group of
/// centres. A score is summed in the same order, so it has the same bits.
/// </summary>
internal static class GroupScores
{
    /// <summary>Centres of a group; lanes without one have the half norm ∞.</summary>
    public const int Centres = 16;

    private const int Lanes = 8;

    /// <summary>IN negated row around the offset (columns), group (columns × 16), halfNorms (16). OUT the least score, its lane, the lower one among equals, and the second least.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Best, double Second, int Lane) Find(ReadOnlySpan<double> row, ReadOnlySpan<double> group, ReadOnlySpan<double> halfNorms)
    {
        Debug.Assert(group.Length >= row.Length * Centres && halfNorms.Length >= Centres);
        ref var centres = ref MemoryMarshal.GetReference(group);
        ref var values = ref MemoryMarshal.GetReference(row);
        var lower = Vector512.Create(halfNorms);
        var upper = Vector512.Create(halfNorms[Lanes..]);
        for (nint column = 0; column < row.Length; column++)
        {
            var value = Vector512.Create(Unsafe.Add(ref values, column));
            lower = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref centres, (nuint)(column * Centres)), lower);
            upper = Vector512.FusedMultiplyAdd(value, Vector512.LoadUnsafe(ref centres, (nuint)((column * Centres) + Lanes)), upper);
        }

        var best = Least(Vector512.MinNative(lower, upper));
        var equal = Vector512.Create(best);
        var hits = Vector512.Equals(lower, equal).ExtractMostSignificantBits() | (Vector512.Equals(upper, equal).ExtractMostSignificantBits() << Lanes);
        var lane = BitOperations.TrailingZeroCount(hits);
        // Without the winner; a second one of equal score stays.
        var numbers = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        var infinity = Vector512.Create(double.PositiveInfinity);
        lower = Vector512.ConditionalSelect(Vector512.Equals(numbers, Vector512.Create((double)lane)), infinity, lower);
        upper = Vector512.ConditionalSelect(Vector512.Equals(numbers, Vector512.Create((double)lane - Lanes)), infinity, upper);
        return (best, Least(Vector512.MinNative(lower, upper)), lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Least(Vector512<double> lanes)
    {
        var four = Vector256.MinNative(lanes.GetLower(), lanes.GetUpper());
        var two = Vector128.MinNative(four.GetLower(), four.GetUpper());
        return Math.Min(two.ToScalar(), two.GetElement(1));
    }
}
