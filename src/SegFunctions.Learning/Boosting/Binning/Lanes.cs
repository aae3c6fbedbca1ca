namespace SegFunctions.Learning.Boosting.Binning;

/// <summary>
/// How kept columns share bytes. A column of many bins has a byte to itself, its lane; columns of few bins stand in one lane together,
/// as the digits of a number below 256. A histogram is then one addition a lane, and those of the columns are sums over it: a table
/// of flags and short lists costs a fraction of its columns.
/// </summary>
internal sealed class Lanes
{
    /// <summary>Numbers a byte can hold.</summary>
    public const int Most = 256;

    private readonly LanePlace[] _places;
    private readonly List<int> _numbers = [];

    /// <param name="columns">Bins of every column of the source.</param>
    /// <param name="used">Columns to keep.</param>
    public Lanes(ColumnBins[] columns, int[] used)
    {
        _places = new LanePlace[used.Length];
        // Each in the first lane with room for it, those of most bins first (Johnson 1973, first-fit decreasing).
        foreach (var one in Enumerable.Range(0, used.Length).OrderByDescending(one => columns[used[one]].Count))
        {
            var bins = columns[used[one]].Count + 1;
            var lane = _numbers.FindIndex(numbers => numbers * bins <= Most);
            if (lane < 0)
            {
                lane = _numbers.Count;
                _numbers.Add(1);
            }

            _places[one] = new LanePlace(lane, _numbers[lane], bins);
            _numbers[lane] *= bins;
        }
    }

    public int Count => _numbers.Count;

    /// <summary>Numbers that occur in a lane: the product of its columns' bins.</summary>
    public int Numbers(int lane) => _numbers[lane];

    /// <summary>Where a kept column stands.</summary>
    public LanePlace this[int used] => _places[used];

    /// <summary>The kept columns of some lanes, ascending.</summary>
    public int[] ColumnsOf(int firstLane, int endLane) =>
        [.. Enumerable.Range(0, _places.Length).Where(used => _places[used].Lane >= firstLane && _places[used].Lane < endLane)];
}

/// <summary>A column's digit in the numbers of its lane.</summary>
/// <param name="Lane">Counted from 0.</param>
/// <param name="Step">What a bin counts in the number.</param>
/// <param name="Bins">Bins, the one of missing values included.</param>
internal readonly record struct LanePlace(int Lane, int Step, int Bins)
{
    public int BinOf(int number) => number / Step % Bins;

    /// <summary>Adds up the sums of a lane over everything but this column.</summary>
    /// <param name="numbers">A sum a number of the lane.</param>
    /// <param name="bins">Added to, a sum a bin.</param>
    public void Add(ReadOnlySpan<long> numbers, Span<long> bins)
    {
        for (var number = 0; number < numbers.Length;)
        {
            for (var bin = 0; bin < bins.Length; bin++)
            {
                var sum = 0L;
                for (var end = number + Step; number < end; number++)
                    sum += numbers[number];
                bins[bin] += sum;
            }
        }
    }
}
