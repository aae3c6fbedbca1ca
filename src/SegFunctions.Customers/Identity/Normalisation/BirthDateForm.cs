using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Identity.Normalisation;

/// <summary>Days of birth as the eight digits yyyymmdd; a year alone has zeros for month and day.</summary>
internal static class BirthDateForm
{
    private const int DatesLookedAt = 20_000;

    private static readonly HashSet<int> Placeholders = [19000101, 19010101, 11110101, 11111111, 99991231];

    /// <summary>In which order the column writes its dates; undecided becomes day first.</summary>
    public static DateOrder OrderOf(IReadOnlyList<string> levels)
    {
        var sample = new DateOrderSample();
        var step = Math.Max(1, levels.Count / DatesLookedAt);
        for (var level = 0; level < levels.Count; level += step)
        {
            if (!levels[level].AsSpan().Trim().ContainsAnyExceptInRange('0', '9'))
                continue;
            sample.Add(Encoding.UTF8.GetBytes(levels[level]));
        }

        var order = sample.Decide().Value;
        return order == DateOrder.Undecided ? DateOrder.DayMonthYear : order;
    }

    /// <summary>The digits as a number; 0 when the text is no date or one that stands for none.</summary>
    public static int Read(ReadOnlySpan<char> text, DateOrder order)
    {
        text = text.Trim();
        if (text.Length is 0 or > 40)
            return 0;
        var day = 0;
        if (!text.ContainsAnyExceptInRange('0', '9'))
        {
            if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
                day = year is >= 1850 and <= 2100 ? year * 10_000 : 0;
            else if (text.Length == 8)
                day = Compact(text, order);
        }
        else
        {
            Span<byte> bytes = stackalloc byte[160];
            var length = Encoding.UTF8.GetBytes(text, bytes);
            var rules = new DateRules { Order = order, FirstYear = 1, LastYear = 9999 };
            if (!DateText.TryParse(bytes[..length], rules, out var value, out _))
                return AsTyped(text, order);
            day = (value.WallClock.Year * 10_000) + (value.WallClock.Month * 100) + value.WallClock.Day;
        }

        return Placeholders.Contains(day) ? 0 : day;
    }

    /// <summary>A day that the calendar has not, as 31.02.1980, with its eight digits.</summary>
    private static int AsTyped(ReadOnlySpan<char> text, DateOrder order)
    {
        Span<char> digits = stackalloc char[8];
        var count = 0;
        foreach (var letter in text)
        {
            if (!char.IsAsciiDigit(letter))
                continue;
            if (count == digits.Length)
                return 0;
            digits[count++] = letter;
        }

        return count == digits.Length ? Compact(digits, order) : 0;
    }

    /// <summary>
    /// Eight digits in a row. A month or day that cannot be is kept as typed: it still agrees with the same slip, and comes near
    /// the right date.
    /// </summary>
    private static int Compact(ReadOnlySpan<char> text, DateOrder order)
    {
        var number = int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        var year = number / 10_000;
        if (year is >= 1850 and <= 2100 || order == DateOrder.YearMonthDay)
            return number;
        var last = number % 10_000;
        return last is >= 1850 and <= 2100
            ? (last * 10_000) + (order == DateOrder.MonthDayYear ? number / 10_000 : ((number / 10_000 % 100) * 100) + (number / 1_000_000))
            : number;
    }
}
