using System.Buffers.Text;
using SegFunctions.Customers.Intake.Sensitive;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>What is counted of one column. Merging is commutative: how rows were spread over counters changes nothing.</summary>
internal sealed class ColumnStatistics
{
    private decimal? _smallest;
    private decimal? _largest;
    private long? _earliest;
    private long? _latest;

    public long Values { get; private set; }

    public DistinctCounter Distinct { get; } = new();

    public CategoryCounter Categories { get; } = new();

    /// <summary>What the values look like, where somebody watches: columns that no field claims.</summary>
    public SensitiveEvidence Evidence { get; } = new();

    /// <summary>How the numbers are spread; null where there are none.</summary>
    public NumberSketch? Numbers { get; private set; }

    public decimal? Smallest => _smallest;

    public decimal? Largest => _largest;

    /// <summary>The numbers are too long for figures of something: they may be those by which a person is called or known.</summary>
    public bool MayName => _largest >= 10_000_000 || _smallest <= -10_000_000;

    public long? Earliest => _earliest;

    public long? Latest => _latest;

    /// <summary>Counts a value as it was sent.</summary>
    /// <param name="hash">Of <paramref name="value"/>, 64 bits.</param>
    /// <param name="isWatched">Look whether it is something that should not be stored.</param>
    public void AddValue(ReadOnlySpan<byte> value, ulong hash, bool isWatched)
    {
        Values++;
        Distinct.Add(hash);
        Categories.Add(value, hash);
        if (isWatched)
            Evidence.See(value);
    }

    /// <summary>Counts a number that was read.</summary>
    /// <param name="line">1-based line of its row.</param>
    public void AddNumber(decimal number, long line)
    {
        AddToRange(number);
        Numbers ??= new NumberSketch();
        Numbers.Add(number, line);
    }

    /// <summary>Counts a number by its canonical text; nothing where there is none.</summary>
    public void AddNumber(ReadOnlySpan<byte> canonical, long line)
    {
        if (Utf8Parser.TryParse(canonical, out decimal number, out var used) && used == canonical.Length)
            AddNumber(number, line);
    }

    public void AddTime(long ticks)
    {
        if (_earliest is null || ticks < _earliest)
            _earliest = ticks;
        if (_latest is null || ticks > _latest)
            _latest = ticks;
    }

    public void Merge(ColumnStatistics other)
    {
        Values += other.Values;
        Distinct.Merge(other.Distinct);
        Categories.Merge(other.Categories);
        Evidence.Merge(other.Evidence);
        if (other.Numbers is { } numbers)
        {
            Numbers ??= new NumberSketch();
            Numbers.Merge(numbers);
        }

        if (other._smallest is { } smallest)
            AddToRange(smallest);
        if (other._largest is { } largest)
            AddToRange(largest);
        if (other._earliest is { } earliest)
            AddTime(earliest);
        if (other._latest is { } latest)
            AddTime(latest);
    }

    private void AddToRange(decimal number)
    {
        if (_smallest is null || number < _smallest)
            _smallest = number;
        if (_largest is null || number > _largest)
            _largest = number;
    }
}
