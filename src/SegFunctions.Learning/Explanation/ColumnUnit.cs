namespace SegFunctions.Learning.Explanation;

/// <summary>What the numbers of a column count, and so how they are written.</summary>
public abstract record ColumnUnit
{
    private ColumnUnit()
    {
    }

    /// <summary>Plain numbers.</summary>
    public static ColumnUnit None { get; } = new Plain();

    /// <summary>Days: <c>30 days</c>, <c>30 jours</c>.</summary>
    public static ColumnUnit Days { get; } = Counted(new Bilingual("day", "jour"), new Bilingual("days", "jours"));

    /// <summary>Shares of 1, written as percentages.</summary>
    public static ColumnUnit Share { get; } = new Percentage();

    /// <summary>Days since 1970-01-01 UTC, written as dates; what date columns have.</summary>
    public static ColumnUnit Date { get; } = new Day();

    /// <summary>Amounts of money.</summary>
    /// <param name="currency">ISO 4217.</param>
    public static ColumnUnit Money(string currency) => new Currency(currency);

    /// <summary>A number followed by a word that agrees with it.</summary>
    public static ColumnUnit Counted(Bilingual one, Bilingual many) => new Word(one, many);

    /// <summary>The number, with <paramref name="decimals"/> digits after the point (of the number as it stands in the column), and its unit.</summary>
    public abstract Bilingual Write(double value, int decimals);

    private sealed record Plain : ColumnUnit
    {
        public override Bilingual Write(double value, int decimals) => Wording.Number(value, decimals);
    }

    private sealed record Percentage : ColumnUnit
    {
        public override Bilingual Write(double value, int decimals) => Wording.Percent(value, Math.Max(0, decimals - 2));
    }

    private sealed record Day : ColumnUnit
    {
        public override Bilingual Write(double value, int decimals)
        {
            var first = (DateTime.MinValue - DateTime.UnixEpoch).TotalDays;
            var last = (DateTime.MaxValue - DateTime.UnixEpoch).TotalDays;
            return value >= first && value < last ? Wording.Date(DateTime.UnixEpoch.AddDays(value)) : Wording.Number(value, decimals);
        }
    }

    private sealed record Currency(string Code) : ColumnUnit
    {
        // A threshold of 50 is €50, not €50.00; one of 49.5 is €49.50.
        public override Bilingual Write(double value, int decimals)
        {
            // No amount of money is as large as this; a number that is gets no cents.
            if (!(Math.Abs(value) < 1e15))
                return Wording.Number(value);
            var written = Wording.Money((decimal)value, Code);
            return decimals > 0 ? written : new Bilingual(written.En.Replace(".00", "", StringComparison.Ordinal), written.Fr.Replace(",00", "", StringComparison.Ordinal));
        }
    }

    private sealed record Word(Bilingual One, Bilingual Many) : ColumnUnit
    {
        public override Bilingual Write(double value, int decimals)
        {
            var number = Wording.Number(value, decimals);
            // English takes the singular for 1 alone, French for everything below 2.
            return new Bilingual($"{number.En} {(value == 1 ? One.En : Many.En)}", $"{number.Fr} {(Math.Abs(value) < 2 ? One.Fr : Many.Fr)}");
        }
    }
}
