using System.Globalization;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Identity.Records;

/// <summary>Year, month and day of birth in three columns, as registers and statisticians keep them.</summary>
internal static class BirthParts
{
    private const double LeastShare = 0.9;

    private static readonly HashSet<string> Years = Keys("by|yob|birth year|year birth|year of birth|dob year|geburtsjahr|année de naissance|año de nacimiento|anno di nascita|geboortejaar");
    private static readonly HashSet<string> Months = Keys("bm|mob|birth month|month birth|month of birth|dob month|geburtsmonat|mois de naissance|mes de nacimiento|mese di nascita|geboortemaand");
    private static readonly HashSet<string> Days = Keys("bd|birth day|day birth|day of birth|dob day|geburtstag|jour de naissance|día de nacimiento|giorno di nascita|geboortedag");

    /// <summary>The three columns among these; null unless all are there and hold years, months and days.</summary>
    public static (RecordColumn Year, RecordColumn Month, RecordColumn Day)? Find(IReadOnlyList<RecordColumn> columns) =>
        Of(columns, Years, 1850, 2100) is { } year && Of(columns, Months, 1, 12) is { } month && Of(columns, Days, 1, 31) is { } day ? (year, month, day) : null;

    /// <summary>One column of dates; of what has no month or day the year alone.</summary>
    public static RecordColumn Join(RecordColumn year, RecordColumn month, RecordColumn day)
    {
        var codes = new int[year.Codes.Length];
        var levels = new List<string>();
        var codeOf = new Dictionary<(int, int, int), int>();
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = -1;
            var date = (Number(year[row]), Number(month[row]), Number(day[row]));
            if (date.Item1 < 0)
                continue;
            if (!codeOf.TryGetValue(date, out codes[row]))
            {
                codes[row] = levels.Count;
                codeOf.Add(date, levels.Count);
                levels.Add(date is (_, > 0, > 0)
                    ? string.Create(CultureInfo.InvariantCulture, $"{date.Item1:D4}-{date.Item2:D2}-{date.Item3:D2}")
                    : date.Item1.ToString("D4", CultureInfo.InvariantCulture));
            }
        }

        return new RecordColumn($"{year.Name}, {month.Name}, {day.Name}", IdentityField.BirthDate, codes, levels, "year, month and day of birth stand in three columns");
    }

    private static RecordColumn? Of(IReadOnlyList<RecordColumn> columns, HashSet<string> headers, int least, int most)
    {
        var column = columns.FirstOrDefault(one => headers.Contains(TextFolding.Key(one.Name)));
        return column is { Levels: { Count: > 0 } levels } && levels.Count(text => Number(text) is var number && number >= least && number <= most) >= LeastShare * levels.Count ? column : null;
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 9999 ? number : -1;

    private static HashSet<string> Keys(string headers) => [.. headers.Split('|').Select(header => TextFolding.Key(header))];
}
