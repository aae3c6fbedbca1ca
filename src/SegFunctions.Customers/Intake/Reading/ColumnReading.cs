using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What is taken for granted about a column's values until one of them contradicts.</summary>
/// <param name="Decimals">Decimal sign of a column of numbers.</param>
/// <param name="Order">Order of day, month and year in a column of dates, where all are numbers.</param>
/// <param name="IsSettled">The other reading is out of the question: the mapping names this one, or both were tried. Values that do not fit are refused.</param>
/// <param name="IsMixed">Both readings were contradicted; this is the one that the beginning of the file spoke for.</param>
/// <param name="PointZero">Every id is a whole number written with .0, which is taken off.</param>
/// <param name="IsSealed">An attribute that holds e-mail addresses.</param>
internal readonly record struct ColumnReading(DecimalStyle Decimals, DateOrder Order, bool IsSettled, bool IsMixed, bool PointZero, bool IsSealed)
{
    /// <summary>The reading to try next when a value contradicts this one.</summary>
    public ColumnReading Contradicted(Contradiction contradiction, ColumnReading preferred) => contradiction switch
    {
        Contradiction.PointZero => this with { PointZero = false },
        Contradiction.Address => this with { IsSealed = true },
        _ when this == preferred => Other() with { IsSettled = false },
        _ => preferred with { IsSettled = true, IsMixed = true },
    };

    /// <summary>Numbers with the other sign, dates in the other order.</summary>
    public ColumnReading Other() => this with
    {
        Decimals = Decimals == DecimalStyle.Comma ? DecimalStyle.Point : DecimalStyle.Comma,
        Order = Order == DateOrder.DayMonthYear ? DateOrder.MonthDayYear : DateOrder.DayMonthYear,
    };
}

/// <summary>How a value contradicts its column's reading.</summary>
internal enum Contradiction : byte
{
    /// <summary>Only the other decimal sign, or the other order of day and month, makes sense of it.</summary>
    Value,

    /// <summary>It is an id without .0.</summary>
    PointZero,

    /// <summary>It is an e-mail address in a column that nobody said holds any.</summary>
    Address,
}
