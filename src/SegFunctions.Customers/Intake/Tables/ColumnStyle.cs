using System.Buffers.Text;
using System.Globalization;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Tables;

/// <summary>How the values of a column are read.</summary>
internal sealed record ColumnStyle(FileColumnKind Kind, DecimalStyle Decimals, DateRules? Dates, string Evidence)
{
    private const double TicksPerDay = TimeSpan.TicksPerDay;

    /// <summary>Whether texts keep the blanks around them.</summary>
    public bool Exact { get; init; }

    public static ColumnStyle Text(string evidence) => new(FileColumnKind.Text, DecimalStyle.Point, Dates: null, evidence);

    /// <summary>The value as a number; false when it is none.</summary>
    public bool TryRead(ReadOnlySpan<byte> value, out double number)
    {
        if (Kind == FileColumnKind.Date)
        {
            var isDate = DateText.TryParse(value, Dates!, out var date, out _);
            number = isDate ? (date.ToUtc(TimeZoneInfo.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TicksPerDay : double.NaN;
            return isDate;
        }

        // The nearest double to the text, which reading by way of a decimal would not always be.
        if (Decimals == DecimalStyle.Point && Utf8Parser.TryParse(value, out number, out var length) && length == value.Length)
            return double.IsFinite(number);
        var isNumber = NumberText.TryParse(value, Decimals, out var exact, out _);
        number = isNumber ? (double)exact : double.NaN;
        return isNumber;
    }

    /// <summary>Judges a column from some of its values.</summary>
    /// <param name="usual">The decimal style where values leave it open.</param>
    /// <param name="usualOrder">The order of dates where values leave it open.</param>
    public static ColumnStyle Infer(IReadOnlyList<byte[]> sample, DecimalStyle usual, double readableShare, DateOrder usualOrder = DateOrder.DayMonthYear)
    {
        if (sample.Count == 0)
            return new ColumnStyle(FileColumnKind.Number, usual, Dates: null, "it holds no value");
        var decimals = new DecimalStyleSample();
        var dates = new DateOrderSample();
        foreach (var value in sample)
        {
            decimals.Add(value);
            dates.Add(value);
        }

        var style = decimals.Decide();
        var numbers = new ColumnStyle(FileColumnKind.Number, style.Value == DecimalStyle.Undecided ? usual : style.Value, Dates: null, style.Evidence);
        if (numbers.Reads(sample) >= readableShare * sample.Count)
            return numbers;
        var order = dates.Decide();
        var rules = new DateRules { Order = order.Value == DateOrder.Undecided ? usualOrder : order.Value, FirstYear = 1, LastYear = 9999 };
        var days = new ColumnStyle(FileColumnKind.Date, usual, rules, order.Evidence);
        return days.Reads(sample) >= readableShare * sample.Count
            ? days
            : Text(string.Create(CultureInfo.InvariantCulture, $"{numbers.Reads(sample)} of {sample.Count} values are numbers and {days.Reads(sample)} dates; below {readableShare:P0} it is text"));
    }

    private int Reads(IReadOnlyList<byte[]> sample)
    {
        var read = 0;
        foreach (var value in sample)
            read += TryRead(value, out _) ? 1 : 0;
        return read;
    }
}
