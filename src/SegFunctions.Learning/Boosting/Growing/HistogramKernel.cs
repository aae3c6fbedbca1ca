using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>Adds rows to the histograms of a group of eight columns; the hottest loop of training.</summary>
internal static unsafe class HistogramKernel
{
    /// <summary>Places a column takes, so that a bin's place is its byte plus a constant.</summary>
    public const int Stride = 256;

    private const int Ahead = 24;

    /// <summary>Bytes of a column's sums.</summary>
    private const int Column = Stride * sizeof(long);

    /// <summary>The bits of a bin's place, in bytes.</summary>
    private const nuint Byte = 0xFF * sizeof(long);

    /// <param name="words">The group's bins, a word a row of the table.</param>
    /// <param name="pairs">Gradient pairs, one a row of the table.</param>
    /// <param name="rows">Rows to add.</param>
    /// <param name="columns">Columns the group really has, 1 to 8.</param>
    /// <param name="histograms">Eight columns of <see cref="Stride"/> sums, added to; those of columns beyond are left undefined.</param>
    public static void Add(ReadOnlySpan<ulong> words, ReadOnlySpan<long> pairs, ReadOnlySpan<int> rows, int columns, Span<long> histograms)
    {
        fixed (ulong* word = words)
        fixed (long* pair = pairs)
        fixed (int* row = rows)
        fixed (long* histogram = histograms)
        {
            if (columns > 4)
                AddEight(word, pair, row, rows.Length, histogram);
            else
                AddFour(word, pair, row, rows.Length, histogram);
        }
    }

    /// <summary>Asks for what a later row will need: rows of a node lie scattered over the table, and the processor cannot guess where.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(ulong* words, long* pairs, int* rows, int i, int count)
    {
        if (!Sse.IsSupported)
            return;
        var row = rows[i < count ? i : 0];
        Sse.Prefetch0(words + row);
        Sse.Prefetch0(pairs + row);
    }

    private static void AddEight(ulong* words, long* pairs, int* rows, int count, long* histograms)
    {
        var sums = (byte*)histograms;
        for (var i = 0; i < count; i++)
        {
            Fetch(words, pairs, rows, i + Ahead, count);
            var row = (nuint)(uint)rows[i];
            var bins = words[row];
            var pair = pairs[row];
            // A byte moved to where it counts in sums of eight bytes: shift and mask, no scaling.
            *(long*)(sums + ((nuint)(bins << 3) & Byte)) += pair;
            *(long*)(sums + Column + ((nuint)(bins >> 5) & Byte)) += pair;
            *(long*)(sums + (2 * Column) + ((nuint)(bins >> 13) & Byte)) += pair;
            *(long*)(sums + (3 * Column) + ((nuint)(bins >> 21) & Byte)) += pair;
            *(long*)(sums + (4 * Column) + ((nuint)(bins >> 29) & Byte)) += pair;
            *(long*)(sums + (5 * Column) + ((nuint)(bins >> 37) & Byte)) += pair;
            *(long*)(sums + (6 * Column) + ((nuint)(bins >> 45) & Byte)) += pair;
            *(long*)(sums + (7 * Column) + ((nuint)(bins >> 53) & Byte)) += pair;
        }
    }

    private static void AddFour(ulong* words, long* pairs, int* rows, int count, long* histograms)
    {
        var sums = (byte*)histograms;
        for (var i = 0; i < count; i++)
        {
            Fetch(words, pairs, rows, i + Ahead, count);
            var row = (nuint)(uint)rows[i];
            var bins = words[row];
            var pair = pairs[row];
            *(long*)(sums + ((nuint)(bins << 3) & Byte)) += pair;
            *(long*)(sums + Column + ((nuint)(bins >> 5) & Byte)) += pair;
            *(long*)(sums + (2 * Column) + ((nuint)(bins >> 13) & Byte)) += pair;
            *(long*)(sums + (3 * Column) + ((nuint)(bins >> 21) & Byte)) += pair;
        }
    }
}
