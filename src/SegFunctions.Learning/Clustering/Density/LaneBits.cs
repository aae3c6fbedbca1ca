using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Four masks of eight lanes as one word: bit i for slot i of a leaf.</summary>
internal static class LaneBits
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(Vector512<double> first, Vector512<double> second, Vector512<double> third, Vector512<double> fourth) =>
        (uint)(first.ExtractMostSignificantBits() | (second.ExtractMostSignificantBits() << 8) | (third.ExtractMostSignificantBits() << 16) | (fourth.ExtractMostSignificantBits() << 24));
}
