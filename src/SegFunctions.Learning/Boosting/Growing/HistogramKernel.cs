namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>Adds rows to the histograms of a group of eight columns; the hottest loop of training.</summary>
internal static unsafe class HistogramKernel
{
    /// <summary>Places a column takes, so that a bin's place is its byte plus a constant.</summary>
    public const int Stride = 256;

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

    private static void AddEight(ulong* words, long* pairs, int* rows, int count, long* histograms)
    {
        for (var i = 0; i < count; i++)
        {
            var row = rows[i];
            var bins = words[row];
            var pair = pairs[row];
            histograms[(byte)bins] += pair;
            histograms[Stride + (byte)(bins >> 8)] += pair;
            histograms[(2 * Stride) + (byte)(bins >> 16)] += pair;
            histograms[(3 * Stride) + (byte)(bins >> 24)] += pair;
            histograms[(4 * Stride) + (byte)(bins >> 32)] += pair;
            histograms[(5 * Stride) + (byte)(bins >> 40)] += pair;
            histograms[(6 * Stride) + (byte)(bins >> 48)] += pair;
            histograms[(7 * Stride) + (bins >> 56)] += pair;
        }
    }

    private static void AddFour(ulong* words, long* pairs, int* rows, int count, long* histograms)
    {
        for (var i = 0; i < count; i++)
        {
            var row = rows[i];
            var bins = (uint)words[row];
            var pair = pairs[row];
            histograms[(byte)bins] += pair;
            histograms[Stride + (byte)(bins >> 8)] += pair;
            histograms[(2 * Stride) + (byte)(bins >> 16)] += pair;
            histograms[(3 * Stride) + (bins >> 24)] += pair;
        }
    }
}
