using System.Globalization;

namespace SegFunctions.Customers.Text;

/// <summary>How numbers, shares and dates are written in English and French.</summary>
/// <remarks>
/// Own tables: the process is culture-invariant. English writes 1,234.5 and 12%; French writes 1 234,5 and 12 % with narrow
/// no-break spaces (U+202F), as the Imprimerie nationale asks. Halves round away from zero, as readers expect.
/// </remarks>
public static class Wording
{
    private const char NarrowNoBreakSpace = '\u202F';

    private static readonly string[] EnglishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private static readonly string[] FrenchMonths =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."];

    /// <summary>What stands in place of a value that does not exist.</summary>
    public static Bilingual Unknown { get; } = new("not known", "inconnu");

    /// <summary>A number with exactly <paramref name="decimals"/> digits after the point.</summary>
    public static Bilingual Number(double value, int decimals = 0)
    {
        if (!double.IsFinite(value))
            return Unknown;
        var plain = Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        if (plain.AsSpan().IndexOfAnyInRange('1', '9') < 0)
            plain = plain.TrimStart('-');
        return new Bilingual(plain, string.Create(plain.Length, plain, static (characters, source) =>
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

    /// <summary>A share of 1 as a whole percentage.</summary>
    public static Bilingual Percent(double share)
    {
        if (!double.IsFinite(share))
            return Unknown;
        var number = Number(share * 100);
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

    /// <summary>A UTC day.</summary>
    public static Bilingual Date(DateTime day) => new(
        $"{day.Day} {EnglishMonths[day.Month - 1]} {day.Year}",
        $"{(day.Day == 1 ? "1er" : day.Day.ToString(CultureInfo.InvariantCulture))} {FrenchMonths[day.Month - 1]} {day.Year}");
}
