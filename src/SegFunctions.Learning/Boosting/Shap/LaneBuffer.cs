using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>Vectors of eight numbers, each in a cache line of its own: twice as fast to reach as vectors that straddle two.</summary>
internal sealed class LaneBuffer
{
    public const int Lanes = 8;

    private const int Line = 64;

    private readonly double[] _values;
    private readonly int _first;

    public LaneBuffer(int vectors)
    {
        // Pinned, so that the collector does not move what has been aligned.
        _values = GC.AllocateArray<double>((vectors + 1) * Lanes, pinned: true);
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0);
        _first = (int)((Line - (address % Line)) % Line) / sizeof(double);
        Count = vectors;
    }

    public int Count { get; }

    public ref Vector512<double> First => ref Unsafe.As<double, Vector512<double>>(ref _values[_first]);

    public Span<double> Values => _values.AsSpan(_first, Count * Lanes);
}
