using System.Globalization;

namespace SegFunctions.Learning.Preparation;

/// <summary>
/// What one text says, in the forms that need no knowledge of a country: whoever reads files decides about decimal commas and the
/// order of day and month, and hands numbers and days over as such.
/// </summary>
internal static class CellText
{
    private static readonly HashSet<string> MissingTexts = new(["NA", "N/A", "#N/A", "NaN", "null", "(null)"], StringComparer.OrdinalIgnoreCase);

    private static readonly (string False, string True)[] Pairs =
    [
        ("no", "yes"), ("n", "y"), ("false", "true"), ("f", "t"), ("non", "oui"), ("n", "o"), ("faux", "vrai"), ("off", "on"), ("0", "1"),
    ];

    private static readonly string[] DateForms =
        ["yyyy-MM-dd", "yyyyMMdd", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK"];

    /// <summary>Blank, or one of the words that programs write for nothing.</summary>
    public static bool IsMissing(string text) => string.IsNullOrWhiteSpace(text) || MissingTexts.Contains(text.Trim());

    /// <summary>A number with a decimal point, without thousands: <c>-12.5</c>, <c>1e-3</c>.</summary>
    public static bool TryNumber(string text, out double number) =>
        double.TryParse(text.AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>A day or an instant, ISO 8601, as days since 1970-01-01 UTC; without a zone it is UTC.</summary>
    public static bool TryDate(string text, out double days)
    {
        var isDate = DateTime.TryParseExact(text.AsSpan().Trim(), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date);
        days = isDate ? (date - DateTime.UnixEpoch).TotalDays : double.NaN;
        return isDate;
    }

    /// <summary>A day of 1900 to 2100 written as a number: 20240131.</summary>
    public static bool IsDigitsOfDay(double value) => value is >= 19000101 and <= 21001231 && TryDigitsOfDay(value, out _);

    /// <summary>The day that a number such as 20240131 writes, as days since 1970-01-01.</summary>
    public static bool TryDigitsOfDay(double value, out double days)
    {
        var (year, month, day) = ((int)(value / 10_000), (int)(value / 100) % 100, (int)(value % 100));
        var isDay = value == Math.Floor(value) && year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        days = isDay ? (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalDays : double.NaN;
        return isDay;
    }

    /// <summary>0 or 1 for one of the words of yes and no in English and French; the words of different pairs are not mixed here.</summary>
    public static bool TryBoolean(string text, out double value)
    {
        var trimmed = text.AsSpan().Trim();
        foreach (var (no, yes) in Pairs)
        {
            value = trimmed.Equals(yes, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            if (value == 1 || trimmed.Equals(no, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        value = double.NaN;
        return false;
    }

    /// <summary>Whether two texts are the two words of one pair.</summary>
    public static bool IsBooleanPair(string a, string b)
    {
        foreach (var (no, yes) in Pairs)
        {
            if ((Is(a, no) && Is(b, yes)) || (Is(a, yes) && Is(b, no)))
                return true;
        }

        return false;

        static bool Is(string text, string word) => text.AsSpan().Trim().Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Digits with a zero before them, which a number would lose: a code.</summary>
    public static bool HasLeadingZero(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.Length > 1 && trimmed[0] == '0' && !trimmed.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>Three words or more, or long.</summary>
    public static bool IsSentence(string text)
    {
        const int Long = 40;
        var words = 0;
        foreach (var _ in text.AsSpan().Trim().Split(' '))
            words++;
        return words >= 3 || text.Length >= Long;
    }
}
