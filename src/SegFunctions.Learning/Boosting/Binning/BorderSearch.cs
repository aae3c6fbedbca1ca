using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Boosting.Binning;

/// <summary>
/// How many of at most 255 ascending borders lie below a value: sixteen pivots are compared at once, then the sixteen borders that
/// the pivots leave. No branch depends on the value, so mixed values cost no mispredictions.
/// </summary>
internal sealed class BorderSearch
{
    public const int Most = 255;

    private const int Wide = 16;

    // 256 borders, the rest of them infinite, then every sixteenth.
    private readonly double[] _borders = new double[(Wide * Wide) + Wide];

    public BorderSearch(ReadOnlySpan<double> borders)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(borders.Length, Most, nameof(borders));
        Array.Fill(_borders, double.PositiveInfinity);
        borders.CopyTo(_borders);
        for (var pivot = 0; pivot < Wide; pivot++)
            _borders[(Wide * Wide) + pivot] = _borders[(pivot * Wide) + Wide - 1];
    }

    /// <summary>0 for NaN.</summary>
    public int Below(double value)
    {
        ref var borders = ref MemoryMarshal.GetArrayDataReference(_borders);
        var wanted = Vector512.Create(value);
        var block = Below(ref borders, Wide * Wide, wanted);
        return (block * Wide) + Below(ref borders, block * Wide, wanted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Below(ref double borders, int start, Vector512<double> value)
    {
        var first = Vector512.LessThan(Vector512.LoadUnsafe(ref borders, (nuint)start), value).ExtractMostSignificantBits();
        var second = Vector512.LessThan(Vector512.LoadUnsafe(ref borders, (nuint)start + 8), value).ExtractMostSignificantBits();
        return BitOperations.PopCount((uint)(first | (second << 8)));
    }
}
