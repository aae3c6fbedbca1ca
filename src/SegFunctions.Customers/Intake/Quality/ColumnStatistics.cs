namespace SegFunctions.Customers.Intake.Quality;

/// <summary>What is counted of one column. Merging is commutative: how rows were spread over counters changes nothing.</summary>
internal sealed class ColumnStatistics
{
    private decimal? _smallest;
    private decimal? _largest;
    private long? _earliest;
    private long? _latest;

    public long Values { get; set; }

    public DistinctCounter Distinct { get; } = new();

    public decimal? Smallest => _smallest;

    public decimal? Largest => _largest;

    public long? Earliest => _earliest;

    public long? Latest => _latest;

    public void AddNumber(decimal number)
    {
        if (_smallest is null || number < _smallest)
            _smallest = number;
        if (_largest is null || number > _largest)
            _largest = number;
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
        if (other._smallest is { } smallest)
            AddNumber(smallest);
        if (other._largest is { } largest)
            AddNumber(largest);
        if (other._earliest is { } earliest)
            AddTime(earliest);
        if (other._latest is { } latest)
            AddTime(latest);
    }
}
