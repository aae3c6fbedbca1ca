namespace SegFunctions.Customers.Intake.Values;

/// <summary>How a column's dates are to be read.</summary>
public sealed record DateRules
{
    /// <summary>Order of dates written in numbers alone.</summary>
    public DateOrder Order { get; init; }

    public NumericTime Numbers { get; init; }

    /// <summary>The one form that is accepted, or null for every known one.</summary>
    public DateFormat? Format { get; init; }

    /// <summary>The last year that two digits may mean: with 2049, 49 is 2049 and 50 is 1950.</summary>
    public int LastTwoDigitYear { get; init; } = 2049;

    /// <summary>First year that is accepted.</summary>
    public int FirstYear { get; init; } = 1900;

    /// <summary>Last year that is accepted.</summary>
    public int LastYear { get; init; } = 2100;

    /// <summary>The year that two digits mean.</summary>
    internal int Expand(int twoDigits)
    {
        var year = LastTwoDigitYear - (LastTwoDigitYear % 100) + twoDigits;
        return year > LastTwoDigitYear ? year - 100 : year;
    }
}
