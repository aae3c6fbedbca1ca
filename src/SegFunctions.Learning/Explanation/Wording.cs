using System.Globalization;

namespace SegFunctions.Learning.Explanation;

/// <summary>How numbers, shares, amounts and dates are written in English and French.</summary>
/// <remarks>
/// Own tables: the process is culture-invariant. English writes 1,234.5 and 12%; French writes 1 234,5 and 12 % with narrow
/// no-break spaces (U+202F) within the number and before a sign, as the Imprimerie nationale asks, and an ordinary blank
/// before a word. Halves round away from zero, as readers expect.
/// </remarks>
public static class Wording
{
    private const char NarrowNoBreakSpace = '\u202F';

    // Above, a double has no digits after the point that a decimal could round better.
    private const double LargestRoundedAsDecimal = 1e15;

    private static readonly string[] EnglishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private static readonly string[] FrenchMonths =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."];

    /// <summary>What stands in place of a value that does not exist.</summary>
    public static Bilingual Unknown { get; } = new("not known", "inconnu");

    /// <summary>A number with exactly <paramref name="decimals"/> digits after the point: <c>1,234.5</c>, <c>1 234,5</c>.</summary>
    public static Bilingual Number(double value, int decimals = 0)
    {
        if (!double.IsFinite(value))
            return Unknown;

        // A double's 2.675 is a little less than that; as a decimal it is what the reader sees, and rounds up.
        return Math.Abs(value) < LargestRoundedAsDecimal ? Number((decimal)value, decimals) : Localised(value.ToString(Format(decimals), CultureInfo.InvariantCulture));
    }

    /// <inheritdoc cref="Number(double, int)"/>
    public static Bilingual Number(decimal value, int decimals = 0)
    {
        // Rounded before, so that no minus stands before a zero.
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        return Localised((rounded == 0 ? 0 : rounded).ToString(Format(decimals), CultureInfo.InvariantCulture));
    }

    /// <summary>A share of 1 as a percentage: 0.125 with one digit is <c>12.5%</c>, <c>12,5 %</c>.</summary>
    public static Bilingual Percent(double share, int decimals = 0)
    {
        if (!double.IsFinite(share))
            return Unknown;
        var number = Number(share * 100, decimals);
        return new Bilingual(number.En + "%", number.Fr + NarrowNoBreakSpace + "%");
    }

    /// <summary>A whole number of days, with its noun.</summary>
    public static Bilingual Days(double days)
    {
        if (!double.IsFinite(days))
            return Unknown;
        var whole = Math.Round(days, MidpointRounding.AwayFromZero);
        var number = Number(whole);
        // English takes the singular for 1 alone, French for everything below 2.
        return new Bilingual(number.En + (whole == 1 ? " day" : " days"), number.Fr + (Math.Abs(whole) < 2 ? " jour" : " jours"));
    }

    /// <summary>An amount with its currency: <c>€1,234.50</c>, <c>1 234,50 €</c>; <c>CHF 1,234.50</c>. Without one, the number alone.</summary>
    /// <param name="currency">ISO 4217.</param>
    public static Bilingual Money(decimal amount, string? currency)
    {
        // Currencies that have no smaller coin.
        var decimals = currency is "JPY" or "KRW" ? 0 : 2;
        var number = Number(Math.Abs(amount), decimals);
        var sign = Math.Round(amount, decimals, MidpointRounding.AwayFromZero) < 0 ? "-" : "";
        var symbol = currency switch
        {
            "EUR" => "€",
            "USD" => "$",
            "GBP" => "£",
            "JPY" => "¥",
            _ => currency,
        };
        if (string.IsNullOrEmpty(symbol))
            return new Bilingual(sign + number.En, sign + number.Fr);
        return new Bilingual(
            symbol.Length == 1 ? $"{sign}{symbol}{number.En}" : $"{symbol}{NarrowNoBreakSpace}{sign}{number.En}",
            $"{sign}{number.Fr}{NarrowNoBreakSpace}{symbol}");
    }

    /// <summary>A UTC day: <c>5 Dec 2024</c>, <c>5 déc. 2024</c>.</summary>
    public static Bilingual Date(DateTime day) => new(
        $"{day.Day} {EnglishMonths[day.Month - 1]} {day.Year}",
        $"{(day.Day == 1 ? "1er" : day.Day.ToString(CultureInfo.InvariantCulture))} {FrenchMonths[day.Month - 1]} {day.Year}");

    private static string Format(int decimals) => "N" + decimals.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number written in English, and the same with the signs that French exchanges.</summary>
    private static Bilingual Localised(string english) => new(english, string.Create(english.Length, english, static (characters, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            characters[i] = source[i] switch
            {
                ',' => NarrowNoBreakSpace,
                '.' => ',',
                var other => other,
            };
        }
    }));
}
