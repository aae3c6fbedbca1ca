namespace SegFunctions.Customers.Intake.Values;

/// <summary>Collects a column's dates and judges in which order they are written.</summary>
public sealed class DateOrderSample
{
    private static readonly DateRules[] Orders =
    [
        Rules(DateOrder.DayMonthYear),
        Rules(DateOrder.MonthDayYear),
        Rules(DateOrder.YearMonthDay),
    ];

    private ColumnEvidence _dayFirst;
    private ColumnEvidence _monthFirst;
    private ColumnEvidence _yearFirst;
    private ColumnEvidence _either;
    private ColumnEvidence _clear;
    private ColumnEvidence _noDate;

    /// <summary>Adds one value; blank ones say nothing.</summary>
    public void Add(ReadOnlySpan<byte> value)
    {
        value = Blanks.Trim(value);
        if (MissingText.IsMissing(value))
            return;
        Span<DateValue> readings = stackalloc DateValue[3];
        Span<bool> isRead = stackalloc bool[3];
        for (var order = 0; order < Orders.Length; order++)
            isRead[order] = DateText.TryParse(value, Orders[order], out readings[order], out _);

        // Two digits in front read as a year only count where neither day nor month can stand there.
        if (isRead[0] && isRead[1])
        {
            if (readings[0] == readings[1])
                _clear.Add(value);
            else if (HasDots(value))
                _dayFirst.Add(value);
            else
                _either.Add(value);
        }
        else if (isRead[0])
            _dayFirst.Add(value);
        else if (isRead[1])
            _monthFirst.Add(value);
        else if (isRead[2])
            _yearFirst.Add(value);
        else
            _noDate.Add(value);
    }

    /// <summary>Judges what has been added.</summary>
    public Inference<DateOrder> Decide()
    {
        var demands = (_dayFirst.Count > 0 ? 1 : 0) + (_monthFirst.Count > 0 ? 1 : 0) + (_yearFirst.Count > 0 ? 1 : 0);
        var rest = _noDate.Count > 0 ? $"; {_noDate} that no order reads" : "";
        if (demands > 1)
        {
            var most = _dayFirst.Count >= Math.Max(_monthFirst.Count, _yearFirst.Count) ? DateOrder.DayMonthYear
                : _monthFirst.Count >= _yearFirst.Count ? DateOrder.MonthDayYear : DateOrder.YearMonthDay;
            return new Inference<DateOrder>(Certainty.Impossible, most, $"the column mixes orders: day first in {_dayFirst}; month first in {_monthFirst}; year first in {_yearFirst}{rest}");
        }

        if (_dayFirst.Count > 0)
            return new Inference<DateOrder>(Certainty.Decided, DateOrder.DayMonthYear, $"the day comes first: {_dayFirst}{rest}");
        if (_monthFirst.Count > 0)
            return new Inference<DateOrder>(Certainty.Decided, DateOrder.MonthDayYear, $"the month comes first: {_monthFirst}{rest}");
        if (_yearFirst.Count > 0)
            return new Inference<DateOrder>(Certainty.Decided, DateOrder.YearMonthDay, $"the year comes first: {_yearFirst}{rest}");
        if (_either.Count > 0)
            return new Inference<DateOrder>(Certainty.Ambiguous, DateOrder.Undecided, $"day and month may be exchanged in {_either}, and no value has a day above 12{rest}");
        return _clear.Count > 0 || _noDate.Count == 0
            ? new Inference<DateOrder>(Certainty.NoEvidence, DateOrder.Undecided, _clear.Count > 0 ? $"every order reads {_clear} alike{rest}" : "the column holds no value")
            : new Inference<DateOrder>(Certainty.Impossible, DateOrder.Undecided, $"no order reads {_noDate}");
    }

    private static DateRules Rules(DateOrder order) => new() { Order = order, FirstYear = 1, LastYear = 9999 };

    /// <summary>Dots set apart numbers, in the first part of the value.</summary>
    private static bool HasDots(ReadOnlySpan<byte> value)
    {
        var mark = value.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return mark >= 0 && value[mark] == '.';
    }
}
