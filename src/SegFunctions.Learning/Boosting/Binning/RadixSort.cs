using System.Runtime.InteropServices;

namespace SegFunctions.Learning.Boosting.Binning;

/// <summary>
/// Sorts numbers by their bytes, the last byte first: every pass is a count and a copy, so it takes no branch that depends on a value
/// (Knuth 1973, 5.2.5). For tens of thousands of values several times as fast as comparing them.
/// </summary>
internal static class RadixSort
{
    private const int Digits = 256;
    private const ulong Sign = 1UL << 63;

    /// <param name="values">No NaN; sorted ascending. −0 stands before 0.</param>
    /// <param name="scratch">As long; left undefined.</param>
    public static void Sort(Span<double> values, Span<double> scratch)
    {
        var sorted = MemoryMarshal.Cast<double, ulong>(values);
        var from = sorted;
        var to = MemoryMarshal.Cast<double, ulong>(scratch)[..values.Length];
        Span<int> places = stackalloc int[sizeof(ulong) * Digits];
        places.Clear();
        foreach (ref var key in from)
        {
            // Ordered as a whole number: negative numbers turned round, and below the others.
            key = (key & Sign) != 0 ? ~key : key | Sign;
            for (var digit = 0; digit < sizeof(ulong); digit++)
                places[(digit * Digits) + (byte)(key >> (8 * digit))]++;
        }

        for (var digit = 0; digit < sizeof(ulong); digit++)
        {
            var own = places.Slice(digit * Digits, Digits);
            if (from.IsEmpty || own[(byte)(from[0] >> (8 * digit))] == from.Length)
                continue;
            var place = 0;
            foreach (ref var one in own)
                (one, place) = (place, place + one);
            foreach (var key in from)
                to[own[(byte)(key >> (8 * digit))]++] = key;
            var last = from;
            from = to;
            to = last;
        }

        for (var i = 0; i < from.Length; i++)
            sorted[i] = (from[i] & Sign) != 0 ? from[i] ^ Sign : ~from[i];
    }
}
