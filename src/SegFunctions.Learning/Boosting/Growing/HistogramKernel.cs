using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>
/// Adds rows to the histograms of a group of lanes; the hottest loop of training. Bytes are read where they are used: shifting them out
/// of a word takes more instructions, and the loop is then bound by those and no longer by its stores.
/// </summary>
internal static unsafe class HistogramKernel
{
    /// <summary>Sums a lane takes, one a byte.</summary>
    public const int Stride = 256;

    /// <summary>Rows between asking for a row's data and reading it: rows of a node lie scattered over the table, and the processor cannot guess where.</summary>
    public const int Ahead = 24;

    private interface ILanes
    {
        static abstract int Count { get; }
    }

    /// <param name="bytes">The group's table, rows × lanes.</param>
    /// <param name="lanes">1 to 8.</param>
    /// <param name="pairs">Gradient pairs, one a row of the table.</param>
    /// <param name="rows">Rows to add, then <see cref="Ahead"/> more of the table, which are not added.</param>
    /// <param name="sums"><see cref="Stride"/> sums a lane, added to.</param>
    public static void Add(ReadOnlySpan<byte> bytes, int lanes, ReadOnlySpan<long> pairs, ReadOnlySpan<int> rows, Span<long> sums)
    {
        fixed (byte* table = bytes)
        fixed (long* pair = pairs)
        fixed (int* row = rows)
        fixed (long* sum = sums)
        {
            var count = rows.Length - Ahead;
            switch (lanes)
            {
                case 1: Add<One>(table, pair, row, count, sum); break;
                case 2: Add<Two>(table, pair, row, count, sum); break;
                case 3: Add<Three>(table, pair, row, count, sum); break;
                case 4: Add<Four>(table, pair, row, count, sum); break;
                case 5: Add<Five>(table, pair, row, count, sum); break;
                case 6: Add<Six>(table, pair, row, count, sum); break;
                case 7: Add<Seven>(table, pair, row, count, sum); break;
                default: Add<Eight>(table, pair, row, count, sum); break;
            }
        }
    }

    private static void Add<TLanes>(byte* table, long* pairs, int* rows, int count, long* sums)
        where TLanes : ILanes
    {
        var i = 0;
        for (; i < count - 1; i += 2)
        {
            Fetch<TLanes>(table, pairs, rows[i + Ahead]);
            Fetch<TLanes>(table, pairs, rows[i + Ahead + 1]);
            Put<TLanes>(table, pairs, rows[i], sums);
            Put<TLanes>(table, pairs, rows[i + 1], sums);
        }

        if (i < count)
            Put<TLanes>(table, pairs, rows[i], sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch<TLanes>(byte* table, long* pairs, int row)
        where TLanes : ILanes
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(table + ((nuint)(uint)row * (nuint)TLanes.Count));
        Sse.Prefetch0(pairs + (nuint)(uint)row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TLanes>(byte* table, long* pairs, int row, long* sums)
        where TLanes : ILanes
    {
        var bytes = table + ((nuint)(uint)row * (nuint)TLanes.Count);
        var pair = pairs[(nuint)(uint)row];
        sums[(nuint)bytes[0]] += pair;
        if (TLanes.Count > 1)
            (sums + Stride)[(nuint)bytes[1]] += pair;
        if (TLanes.Count > 2)
            (sums + (2 * Stride))[(nuint)bytes[2]] += pair;
        if (TLanes.Count > 3)
            (sums + (3 * Stride))[(nuint)bytes[3]] += pair;
        if (TLanes.Count > 4)
            (sums + (4 * Stride))[(nuint)bytes[4]] += pair;
        if (TLanes.Count > 5)
            (sums + (5 * Stride))[(nuint)bytes[5]] += pair;
        if (TLanes.Count > 6)
            (sums + (6 * Stride))[(nuint)bytes[6]] += pair;
        if (TLanes.Count > 7)
            (sums + (7 * Stride))[(nuint)bytes[7]] += pair;
    }

    private readonly struct One : ILanes { public static int Count => 1; }

    private readonly struct Two : ILanes { public static int Count => 2; }

    private readonly struct Three : ILanes { public static int Count => 3; }

    private readonly struct Four : ILanes { public static int Count => 4; }

    private readonly struct Five : ILanes { public static int Count => 5; }

    private readonly struct Six : ILanes { public static int Count => 6; }

    private readonly struct Seven : ILanes { public static int Count => 7; }

    private readonly struct Eight : ILanes { public static int Count => 8; }
}
