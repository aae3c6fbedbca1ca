using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>What is taken for granted about a column's values until one of them contradicts.</summary>
internal readonly record struct ColumnReading
{
    /// <summary>Decimal sign of a column of numbers.</summary>
    public DecimalStyle Decimals { get; init; }

    /// <summary>Order of day, month and year in a column of dates, where all are numbers.</summary>
    public DateOrder Order { get; init; }

    /// <summary>What plain numbers in a column of dates count.</summary>
    public NumericTime Counts { get; init; }

    /// <summary>What a column that no field claims holds.</summary>
    public AttributeType Type { get; init; }

    /// <summary>The other reading is out of the question: the mapping names this one, or both were tried. Values that do not fit are refused.</summary>
    public bool IsSettled { get; init; }

    /// <summary>Something beside the column's own values spoke for this reading.</summary>
    public bool HasHint { get; init; }

    /// <summary>Both readings were contradicted; this is the one that the beginning of the file spoke for.</summary>
    public bool IsMixed { get; init; }

    /// <summary>Both orders of day and month are common in the column: what does not fit is no slip, and is refused.</summary>
    public bool IsTorn { get; init; }

    /// <summary>Every id is a whole number written with .0, which is taken off.</summary>
    public bool PointZero { get; init; }

    /// <summary>An attribute that holds e-mail addresses.</summary>
    public bool IsSealed { get; init; }

    /// <summary>Why, in words, for the report.</summary>
    public string? Evidence { get; init; }

    /// <summary>The reading to try next when a value contradicts this one.</summary>
    public ColumnReading Contradicted(Contradiction contradiction, ColumnReading preferred) => contradiction switch
    {
        Contradiction.PointZero => this with { PointZero = false },
        Contradiction.Address => this with { IsSealed = true },
        Contradiction.Type => this with { Type = AttributeType.Text, Evidence = "a later value is of another type" },
        Contradiction.Slip => this with { IsMixed = true },
        Contradiction.Torn => this with { IsTorn = true, IsSettled = true, IsMixed = true },
        _ when this == preferred => Other() with { IsSettled = false, Evidence = "a later value fits only this reading" },
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

    /// <summary>It is not of the type that the attribute's first values have.</summary>
    Type,

    /// <summary>It fits only the other order in a column whose order is known: the file is read again, and both kinds are counted.</summary>
    Slip,

    /// <summary>So many dates fit only the other order that none of the column can be trusted to be a slip.</summary>
    Torn,
}
