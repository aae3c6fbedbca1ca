using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What is counted over all rows. Each worker has its own; merging is commutative.</summary>
internal sealed class RowTotals
{
    private readonly List<ColumnTotals> _columns = [];

    public long Read { get; set; }

    public long Refused { get; set; }

    /// <summary>Refused rows of people who asked to be forgotten.</summary>
    public long Erased { get; set; }

    /// <summary>Records that could be read into fields: what the columns' shares refer to.</summary>
    public long Profiled { get; set; }

    public long? Earliest { get; private set; }

    public long? Latest { get; private set; }

    public RuleTally RefusedByRule { get; } = new();

    public RuleTally Warnings { get; } = new();

    public RuleTally Repairs { get; } = new();

    /// <summary>Accepted rows drawn at random.</summary>
    public RowSample AcceptedSample { get; } = new();

    /// <summary>Refused rows drawn at random.</summary>
    public RowSample RefusedSample { get; } = new();

    public ColumnTotals Column(int column)
    {
        while (_columns.Count <= column)
            _columns.Add(new ColumnTotals());
        return _columns[column];
    }

    public void AddTime(long ticks)
    {
        if (Earliest is null || ticks < Earliest)
            Earliest = ticks;
        if (Latest is null || ticks > Latest)
            Latest = ticks;
    }

    public void Merge(RowTotals other)
    {
        Read += other.Read;
        Refused += other.Refused;
        Erased += other.Erased;
        Profiled += other.Profiled;
        if (other.Earliest is { } earliest)
            AddTime(earliest);
        if (other.Latest is { } latest)
            AddTime(latest);
        RefusedByRule.Merge(other.RefusedByRule);
        Warnings.Merge(other.Warnings);
        Repairs.Merge(other.Repairs);
        AcceptedSample.Merge(other.AcceptedSample);
        RefusedSample.Merge(other.RefusedSample);
        for (var column = 0; column < other._columns.Count; column++)
            Column(column).Merge(other._columns[column]);
    }
}

/// <summary>What is counted of one column.</summary>
internal sealed class ColumnTotals
{
    public ColumnStatistics Statistics { get; } = new();

    /// <summary>Values that both readings take, for different numbers or days.</summary>
    public long Ambiguous { get; set; }

    /// <summary>A value has only the present reading.</summary>
    public bool IsDefinite { get; set; }

    /// <summary>Ids from which .0 was taken.</summary>
    public long PointZeros { get; set; }

    public void Merge(ColumnTotals other)
    {
        Statistics.Merge(other.Statistics);
        Ambiguous += other.Ambiguous;
        IsDefinite |= other.IsDefinite;
        PointZeros += other.PointZeros;
    }
}
