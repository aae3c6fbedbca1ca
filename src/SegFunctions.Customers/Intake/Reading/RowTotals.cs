using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What is counted over all rows. Each worker has its own; merging is commutative.</summary>
internal sealed class RowTotals
{
    private const int MostCurrencies = 64;

    private readonly List<ColumnTotals> _columns = [];
    private readonly List<LineSample> _constants = [];

    public long Read { get; set; }

    public long Refused { get; set; }

    /// <summary>Refused rows of people who asked to be forgotten.</summary>
    public long Erased { get; set; }

    /// <summary>Visitors that those people were.</summary>
    public HashSet<CustomerKey> ErasedVisitors { get; } = [];

    /// <summary>Records that could be read into fields: what the columns' shares refer to.</summary>
    public long Profiled { get; set; }

    public long? Earliest { get; private set; }

    public long? Latest { get; private set; }

    public RuleTally RefusedByRule { get; } = new();

    public RuleTally Warnings { get; } = new();

    public RuleTally Repairs { get; } = new();

    /// <summary>Accepted rows by the currency of their amounts, as codes; at most <see cref="MostCurrencies"/> of them.</summary>
    public SortedDictionary<string, long> Currencies { get; } = new(StringComparer.Ordinal);

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

    /// <summary>Accepted rows that have a value from the mapping, which is the plan's constant of that number.</summary>
    public LineSample Constant(int number)
    {
        while (_constants.Count <= number)
            _constants.Add(new LineSample());
        return _constants[number];
    }

    public void AddCurrency(string currency, long rows)
    {
        if (Currencies.Count < MostCurrencies || Currencies.ContainsKey(currency))
            Currencies[currency] = Currencies.GetValueOrDefault(currency) + rows;
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
        ErasedVisitors.UnionWith(other.ErasedVisitors);
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
        foreach (var (currency, count) in other.Currencies)
            AddCurrency(currency, count);
        for (var column = 0; column < other._columns.Count; column++)
            Column(column).Merge(other._columns[column]);
        for (var number = 0; number < other._constants.Count; number++)
            Constant(number).Merge(other._constants[number]);
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

    /// <summary>Dates that fit only the column's order, in a column where some fit only the other.</summary>
    public long Definite { get; set; }

    /// <summary>Dates that fit only the other order and were read in it.</summary>
    public long Transposed { get; set; }

    /// <summary>Values with blanks around them.</summary>
    public LineSample Trimmed { get; } = new();

    /// <summary>Numbers with a decimal comma.</summary>
    public LineSample DecimalCommas { get; } = new();

    /// <summary>Words whose case was changed.</summary>
    public LineSample CaseChanges { get; } = new();

    public void AddTrimmed(long line) => Trimmed.Add(line);

    public void AddDecimalComma(long line) => DecimalCommas.Add(line);

    public void AddCaseChange(long line) => CaseChanges.Add(line);

    public void Merge(ColumnTotals other)
    {
        Statistics.Merge(other.Statistics);
        Ambiguous += other.Ambiguous;
        IsDefinite |= other.IsDefinite;
        PointZeros += other.PointZeros;
        Definite += other.Definite;
        Transposed += other.Transposed;
        Trimmed.Merge(other.Trimmed);
        DecimalCommas.Merge(other.DecimalCommas);
        CaseChanges.Merge(other.CaseChanges);
    }
}
