using System.Globalization;

namespace SegFunctions.Customers.Text;

/// <summary>Numbers, amounts and dates as people read them, in English (1,234.5) and French (1 234,5).</summary>
/// <remarks>French sets thousands apart with the narrow no-break space U+202F and signs with the no-break space U+00A0 (CLDR, locale fr).</remarks>
public static class HumanText
{
    private const char NoBreakSpace = '\u00A0';
    private const char NarrowSpace = '\u202F';

    private static readonly string[] EnglishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] FrenchMonths = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];

    /// <summary>A number with so many decimals: <c>1,234.5</c>; <c>–</c> for what is no finite number.</summary>
    public static string Number(double value, int decimals, TextLanguage language)
    {
        if (!double.IsFinite(value))
            return "–";
        if (Math.Abs(value) < 1e15)
            return Number((decimal)value, decimals, language);
        return Localize(value.ToString($"N{decimals}", CultureInfo.InvariantCulture), language);
    }

    /// <inheritdoc cref="Number(double, int, TextLanguage)"/>
    public static string Number(decimal value, int decimals, TextLanguage language)
    {
        // Rounded before, so that no minus stands before a zero.
        var rounded = Math.Round(value, Math.Min(decimals, 28), MidpointRounding.AwayFromZero);
        return Localize((rounded == 0 ? 0 : rounded).ToString($"N{decimals}", CultureInfo.InvariantCulture), language);
    }

    /// <summary>A count: <c>12,345</c>.</summary>
    public static string Count(long value, TextLanguage language) => Localize(value.ToString("N0", CultureInfo.InvariantCulture), language);

    /// <summary>A share of one as a percentage: 0.125 gives <c>12.5%</c> or <c>12,5 %</c>.</summary>
    public static string Percent(double share, int decimals, TextLanguage language) =>
        Number(100 * share, decimals, language) + (language == TextLanguage.French ? $"{NoBreakSpace}%" : "%");

    /// <summary>Days: <c>1 day</c>, <c>12 days</c>; French counts below two as one.</summary>
    public static string Days(double days, int decimals, TextLanguage language)
    {
        var number = Number(days, decimals, language);
        if (language == TextLanguage.French)
            return $"{number}{NoBreakSpace}{(Math.Abs(Math.Round(days, decimals, MidpointRounding.AwayFromZero)) < 2 ? "jour" : "jours")}";
        return number == "1" ? "1 day" : $"{number} days";
    }

    /// <summary>An amount with its currency (ISO 4217): <c>€1,234.50</c>, <c>1 234,50 €</c>, <c>CHF 1,234.50</c>. Without one, the number alone.</summary>
    public static string Money(decimal amount, string? currency, TextLanguage language)
    {
        var number = Number(Math.Abs(amount), currency is "JPY" or "KRW" ? 0 : 2, language);
        var isNegative = amount < 0 && number.AsSpan().IndexOfAnyInRange('1', '9') >= 0;
        var sign = isNegative ? "-" : "";
        var symbol = currency switch
        {
            "EUR" => "€",
            "USD" => "$",
            "GBP" => "£",
            "JPY" => "¥",
            _ => currency,
        };
        if (string.IsNullOrEmpty(symbol))
            return sign + number;
        if (language == TextLanguage.French)
            return $"{sign}{number}{NoBreakSpace}{symbol}";
        return symbol.Length == 1 ? $"{sign}{symbol}{number}" : $"{symbol}{NoBreakSpace}{sign}{number}";
    }

    /// <summary>A day: <c>5 Dec 2024</c>, <c>5 déc. 2024</c>.</summary>
    public static string Date(DateOnly date, TextLanguage language)
    {
        var months = language == TextLanguage.French ? FrenchMonths : EnglishMonths;
        var day = language == TextLanguage.French && date.Day == 1 ? "1er" : date.Day.ToString(CultureInfo.InvariantCulture);
        return $"{day} {months[date.Month - 1]} {date.Year.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Localize(string invariant, TextLanguage language) =>
        language == TextLanguage.French ? invariant.Replace('.', '\0').Replace(',', NarrowSpace).Replace('\0', ',') : invariant;
}
