namespace SegFunctions.Customers.Features;

/// <summary>Running sums over the time-sorted lines of one customer, and the features they make at an instant.</summary>
/// <remarks>Reused from customer to customer; one a thread.</remarks>
internal sealed class CustomerTally(int countries)
{
    private const int DaysPerWeek = 7;
    private const int Parts = 4;

    private readonly int[] _weekdays = new int[DaysPerWeek];
    private readonly int[] _parts = new int[Parts];
    private readonly int[] _purchasesIn = new int[countries];
    private readonly int[] _linesIn = new int[countries];
    private readonly long[] _lastIn = new long[countries];
    private readonly List<int> _seenCountries = [];
    private int _orders;
    private int _returns;
    private int _products;
    private int _timedOrders;
    private double _revenue;
    private double _returned;
    private double _quantity;
    private long _firstTicks;
    private long _lastTicks;
    private int _orderDays;
    private long _lastDay;
    private long _gapSum;
    private long _gapSquares;

    public void Reset()
    {
        Array.Clear(_weekdays);
        Array.Clear(_parts);
        foreach (var country in _seenCountries)
            _purchasesIn[country] = _linesIn[country] = 0;
        _seenCountries.Clear();
        _orders = _returns = _products = _timedOrders = _orderDays = 0;
        _revenue = _returned = _quantity = 0;
        _firstTicks = _lastTicks = _lastDay = _gapSum = _gapSquares = 0;
    }

    public void Add(in LedgerLine line)
    {
        if (line.Country >= 0)
            AddCountry(line);
        if (line.Kind == OrderLineKind.Return)
        {
            _returned += line.Amount;
            if ((line.Marks & LedgerMarks.NewReturn) != 0)
                _returns++;
            return;
        }

        if (line.Kind != OrderLineKind.Purchase)
            return;
        _revenue += line.Amount;
        _quantity += line.Quantity;
        if ((line.Marks & LedgerMarks.NewProduct) != 0)
            _products++;
        if ((line.Marks & LedgerMarks.NewOrder) != 0)
            AddOrder(line.Ticks);
        AddDay(line.Ticks);
    }

    /// <summary>Number of the country with the most purchase lines (of any lines without purchase), or -1.</summary>
    /// <remarks>Ties go to the country seen last, then to the first by spelling.</remarks>
    public int Country
    {
        get
        {
            var best = -1;
            foreach (var country in _seenCountries)
            {
                if (best < 0 || IsAhead(country, best))
                    best = country;
            }

            return best;
        }
    }

    /// <param name="lines">The lines added so far.</param>
    /// <param name="instant">Ticks of the as-of instant.</param>
    /// <param name="row">OUT (features).</param>
    public void Write(ReadOnlySpan<LedgerLine> lines, long instant, Span<double> row)
    {
        row.Fill(double.NaN);
        row[FeatureTable.Orders.Column] = _orders;
        row[FeatureTable.Revenue.Column] = _revenue;
        row[FeatureTable.DistinctProducts.Column] = _products;
        row[FeatureTable.Returns.Column] = _returns;
        if (_orders == 0)
            return;

        var asOfDay = instant / TimeSpan.TicksPerDay;
        row[FeatureTable.RecencyDays.Column] = asOfDay - _lastTicks / TimeSpan.TicksPerDay;
        row[FeatureTable.TenureDays.Column] = asOfDay - _firstTicks / TimeSpan.TicksPerDay;
        row[FeatureTable.FirstOrder.Column] = (double)(_firstTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay;
        row[FeatureTable.LastOrder.Column] = (double)(_lastTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay;
        row[FeatureTable.AverageBasket.Column] = _revenue / _orders;
        row[FeatureTable.ItemsPerOrder.Column] = _quantity / _orders;
        WriteGaps(row);
        if (_revenue > 0)
        {
            row[FeatureTable.ReturnShare.Column] = _returned / _revenue;
            row[FeatureTable.RecentRevenueShare.Column] = RecentRevenue(lines, instant) / _revenue;
        }

        for (var day = 0; day < DaysPerWeek; day++)
            row[FeatureTable.Weekdays[day].Column] = (double)_weekdays[day] / _orders;
        if (_timedOrders == 0)
            return;
        for (var part = 0; part < Parts; part++)
            row[FeatureTable.DayParts[part].Column] = (double)_parts[part] / _timedOrders;
    }

    private void WriteGaps(Span<double> row)
    {
        var gaps = _orderDays - 1;
        if (gaps < 1)
            return;
        row[FeatureTable.GapMeanDays.Column] = (double)_gapSum / gaps;
        if (gaps < 2)
            return;
        // Whole days: the sums are exact, so the textbook formula is too.
        var numerator = (Int128)gaps * _gapSquares - (Int128)_gapSum * _gapSum;
        row[FeatureTable.GapDeviationDays.Column] = Math.Sqrt((double)numerator / ((double)gaps * (gaps - 1)));
    }

    private double RecentRevenue(ReadOnlySpan<LedgerLine> lines, long instant)
    {
        var from = instant - FeatureTable.RecentDays * TimeSpan.TicksPerDay;
        if (_firstTicks >= from)
            return _revenue;
        var start = lines.Length;
        while (start > 0 && lines[start - 1].Ticks >= from)
            start--;
        var recent = 0.0;
        foreach (ref readonly var line in lines[start..])
        {
            if (line.Kind == OrderLineKind.Purchase)
                recent += line.Amount;
        }

        // Both sums round differently; a share stays a share.
        return Math.Min(recent, _revenue);
    }

    private void AddOrder(long ticks)
    {
        _orders++;
        _weekdays[ticks / TimeSpan.TicksPerDay % DaysPerWeek]++;    // 0001-01-01 was a Monday
        var time = ticks % TimeSpan.TicksPerDay;
        if (time == 0)
            return;
        _timedOrders++;
        _parts[time / (TimeSpan.TicksPerDay / Parts)]++;
    }

    private void AddDay(long ticks)
    {
        var day = ticks / TimeSpan.TicksPerDay;
        _lastTicks = ticks;
        if (_orderDays == 0)
        {
            _firstTicks = ticks;
        }
        else
        {
            if (day == _lastDay)
                return;
            var gap = day - _lastDay;
            _gapSum += gap;
            _gapSquares += gap * gap;
        }

        _lastDay = day;
        _orderDays++;
    }

    private void AddCountry(in LedgerLine line)
    {
        if (_linesIn[line.Country]++ == 0)
            _seenCountries.Add(line.Country);
        if (line.Kind == OrderLineKind.Purchase)
            _purchasesIn[line.Country]++;
        _lastIn[line.Country] = line.Ticks;
    }

    private bool IsAhead(int country, int best)
    {
        if (_purchasesIn[country] != _purchasesIn[best])
            return _purchasesIn[country] > _purchasesIn[best];
        // Without any purchase all lines count; with equal purchases returns and gifts do not decide.
        if (_purchasesIn[best] == 0 && _linesIn[country] != _linesIn[best])
            return _linesIn[country] > _linesIn[best];
        return _lastIn[country] != _lastIn[best] ? _lastIn[country] > _lastIn[best] : country < best;
    }
}
