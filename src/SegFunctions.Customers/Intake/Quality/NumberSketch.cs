using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>How numbers are spread, in bins whose width grows with the numbers: memory depends on their range, not on how many there are.</summary>
/// <remarks>
/// A bin holds the numbers of one sign that agree in exponent and in the five binary digits that follow: 32 bins to each doubling, 3 % wide at most. No logarithm
/// is taken: the bins are the leading bits of the number. Merging is commutative. (After HdrHistogram, G. Tene 2012, and DDSketch, C. Masson and others, 2019.)
/// </remarks>
internal sealed class NumberSketch
{
    private const int Digits = 5;
    private const int PageLength = 1 << Digits;
    private const int Exponents = 1 << 11;
    private const int Kept = 5;

    // By sign and exponent; most columns use a handful of pages.
    private readonly long[]?[] _pages = new long[2 * Exponents][];
    private readonly List<OutlierExample> _largest = [];
    private readonly List<OutlierExample> _smallest = [];
    private (double Value, long Line) _largestBound = (double.NegativeInfinity, long.MaxValue);
    private (double Value, long Line) _smallestBound = (double.PositiveInfinity, long.MaxValue);

    public long Count { get; private set; }

    public long Zeros { get; private set; }

    public void Add(decimal number, long line)
    {
        AddToBin((double)number);
        KeepExtremes(number, line);
    }

    /// <summary>The same for a number of few digits: those have doubles of their own, and nearly all end at a comparison of these.</summary>
    public void Add(in PlainNumber number, long line)
    {
        var value = number.ToDouble();
        AddToBin(value);
        if ((value < _largestBound.Value || (value == _largestBound.Value && line > _largestBound.Line))
            && (value > _smallestBound.Value || (value == _smallestBound.Value && line > _smallestBound.Line)))
            return;
        KeepExtremes(number.ToDecimal(), line);
    }

    private void AddToBin(double number)
    {
        Count++;
        if (number == 0)
        {
            Zeros++;
            return;
        }

        var bits = BitConverter.DoubleToInt64Bits(number);
        var page = _pages[(int)((ulong)bits >> 52)] ?? NewPage((int)((ulong)bits >> 52));
        page[(int)(bits >> (52 - Digits)) & (PageLength - 1)]++;
    }

    private long[] NewPage(int page) => _pages[page] = new long[PageLength];

    private void KeepExtremes(decimal number, long line)
    {
        // Nearly all numbers end here, without an object made for them.
        if (_largest.Count < Kept || number > _largest[^1].Value || (number == _largest[^1].Value && line < _largest[^1].Line))
            Keep(_largest, new OutlierExample(line, number), 1);
        if (_smallest.Count < Kept || number < _smallest[^1].Value || (number == _smallest[^1].Value && line < _smallest[^1].Line))
            Keep(_smallest, new OutlierExample(line, number), -1);
        if (_largest.Count == Kept)
            (_largestBound, _smallestBound) = (Bound(_largest[^1]), Bound(_smallest[^1]));
    }

    /// <summary>What a number must pass to be kept. A kept number of so many digits that others may share its double says nothing about numbers equal to that.</summary>
    private static (double Value, long Line) Bound(OutlierExample kept) =>
        ((double)kept.Value, (decimal)(double)kept.Value == kept.Value ? kept.Line : long.MaxValue);

    public void Merge(NumberSketch other)
    {
        Count += other.Count;
        Zeros += other.Zeros;
        for (var page = 0; page < _pages.Length; page++)
        {
            if (other._pages[page] is not { } theirs)
                continue;
            var mine = _pages[page] ??= new long[PageLength];
            for (var bin = 0; bin < PageLength; bin++)
                mine[bin] += theirs[bin];
        }

        foreach (var example in other._largest)
            Keep(_largest, example, 1);
        foreach (var example in other._smallest)
            Keep(_smallest, example, -1);
    }

    /// <summary>The largest numbers first, each with its line.</summary>
    public IReadOnlyList<OutlierExample> Largest => _largest;

    /// <summary>The smallest numbers first, each with its line.</summary>
    public IReadOnlyList<OutlierExample> Smallest => _smallest;

    /// <summary>All bins that hold numbers, rising by number: the bin's middle and its count.</summary>
    public IEnumerable<(double Middle, long Count)> Bins()
    {
        // Negative numbers from the largest magnitude down, zero, positive numbers.
        for (var exponent = Exponents - 1; exponent >= 0; exponent--)
        {
            for (var bin = PageLength - 1; bin >= 0; bin--)
            {
                if (_pages[Exponents + exponent]?[bin] is { } count and > 0)
                    yield return (-Middle(exponent, bin), count);
            }
        }

        if (Zeros > 0)
            yield return (0, Zeros);
        for (var exponent = 0; exponent < Exponents; exponent++)
        {
            for (var bin = 0; bin < PageLength; bin++)
            {
                if (_pages[exponent]?[bin] is { } count and > 0)
                    yield return (Middle(exponent, bin), count);
            }
        }
    }

    public NumberProfile ToProfile()
    {
        var bins = Bins().ToList();
        var coarse = new SortedDictionary<long, long>();
        foreach (var (middle, count) in bins)
        {
            var bin = NumberBins.Of(middle);
            coarse[bin] = coarse.GetValueOrDefault(bin) + count;
        }

        return new NumberProfile(Count, Quantile(bins, 0.25), Quantile(bins, 0.5), Quantile(bins, 0.75), [.. coarse.Select(pair => (IReadOnlyList<long>)[pair.Key, pair.Value])]);
    }

    private decimal Quantile(List<(double Middle, long Count)> bins, double share)
    {
        var rank = (long)Math.Floor(share * (Count - 1));
        foreach (var (middle, count) in bins)
        {
            if (rank < count)
                return Short(middle);
            rank -= count;
        }

        return 0;
    }

    /// <summary>Three digits: a bin knows no more.</summary>
    internal static decimal Short(double number)
    {
        if (number == 0 || !double.IsFinite(number))
            return 0;
        var scale = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(number))) - 2);
        var rounded = Math.Round(number / scale) * scale;
        return Math.Abs(rounded) > 7e27 ? 0 : Math.Round((decimal)rounded, 12);
    }

    private static double Middle(int exponent, int bin) =>
        BitConverter.Int64BitsToDouble(((long)exponent << 52) | ((long)bin << (52 - Digits)) | (1L << (51 - Digits)));

    /// <param name="sign">1: the largest come first; −1: the smallest.</param>
    private static void Keep(List<OutlierExample> kept, OutlierExample example, int sign)
    {
        var at = kept.Count;
        while (at > 0 && Precedes(example, kept[at - 1], sign))
            at--;
        if (at == Kept)
            return;
        kept.Insert(at, example);
        if (kept.Count > Kept)
            kept.RemoveAt(Kept);
    }

    private static bool Precedes(OutlierExample one, OutlierExample other, int sign) =>
        one.Value == other.Value ? one.Line < other.Line : sign * one.Value.CompareTo(other.Value) > 0;
}
