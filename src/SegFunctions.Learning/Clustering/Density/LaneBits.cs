using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>The values of a leaf's slots, eight to a vector: compared, they are one word with bit i for slot i.</summary>
internal static class LaneBits
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AtMost(double limit, Vector512<double> first, Vector512<double> second, Vector512<double> third, Vector512<double> fourth)
    {
        var limits = Vector512.Create(limit);
        return Of(Vector512.LessThanOrEqual(first, limits), Vector512.LessThanOrEqual(second, limits), Vector512.LessThanOrEqual(third, limits), Vector512.LessThanOrEqual(fourth, limits));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(Vector512<double> first, Vector512<double> second, Vector512<double> third, Vector512<double> fourth) =>
        (uint)(first.ExtractMostSignificantBits() | (second.ExtractMostSignificantBits() << 8) | (third.ExtractMostSignificantBits() << 16) | (fourth.ExtractMostSignificantBits() << 24));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Span<double> target, Vector512<double> first, Vector512<double> second, Vector512<double> third, Vector512<double> fourth)
    {
        first.CopyTo(target);
        second.CopyTo(target[8..]);
        third.CopyTo(target[16..]);
        fourth.CopyTo(target[24..]);
    }
}
