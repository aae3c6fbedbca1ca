using System.Globalization;

namespace SegFunctions.Learning.Preparation;

/// <summary>Reads the cells of a column as what the fit found it to mean.</summary>
internal static class SourceReading
{
    /// <summary>Numbers, days, or 0 and 1 (NaN where missing) of a column of any sort.</summary>
    /// <param name="position">Of the column in its table, for the message; null when it stands alone.</param>
    /// <exception cref="ArgumentException">An infinite number, or a text that is not of that kind: row, column, text and cure named.</exception>
    public static double[] Numbers(Column column, ColumnKind kind, int? position)
    {
        if (column is TextColumn texts)
            return NumbersOf(texts, kind, position);
        var numbers = (NumericColumn)column;
        RequireFinite(numbers, position);
        if (kind == ColumnKind.Boolean && numbers.Values.AsSpan().IndexOfAnyExcept(0, 1, double.NaN) is var row and >= 0)
            throw new ArgumentException($"{Place(row, column, position)} holds {numbers.Values[row].ToString(CultureInfo.InvariantCulture)}; the column says yes or no by 1 or 0. Correct it, leave it empty, or name the column's kind as Numeric when fitting.");
        return kind == ColumnKind.Date && column is not DateColumn ? DaysOf(numbers, position) : numbers.Values;
    }

    /// <summary>Numbers under the name of dates: days since 1970-01-01, or dates written as eight digits where a number is so large.</summary>
    private static double[] DaysOf(NumericColumn column, int? position)
    {
        // As days, eight digits would be years from 29,000 on.
        const double EightDigits = 10_000_000;
        if (!Array.Exists(column.Values, value => Math.Abs(value) >= EightDigits))
            return column.Values;
        var days = new double[column.Values.Length];
        for (var row = 0; row < days.Length; row++)
        {
            days[row] = double.NaN;
            if (!double.IsNaN(column.Values[row]) && !CellText.TryDigitsOfDay(column.Values[row], out days[row]))
                throw new ArgumentException($"{Place(row, column, position)} holds {column.Values[row].ToString(CultureInfo.InvariantCulture)}, which is no date written as year, month and day in eight digits. Correct it, leave it empty, or name the column's kind as Numeric when fitting.");
        }

        return days;
    }

    public static double[] NumbersOf(TextColumn column, ColumnKind kind, int? position)
    {
        var numbers = new double[column.Levels.Count];
        var unreadable = new bool[numbers.Length];
        for (var level = 0; level < numbers.Length; level++)
        {
            numbers[level] = double.NaN;
            var text = column.Levels[level];
            unreadable[level] = !CellText.IsMissing(text) && !(kind switch
            {
                ColumnKind.Date => CellText.TryDate(text, out numbers[level]),
                ColumnKind.Boolean => CellText.TryBoolean(text, out numbers[level]),
                _ => CellText.TryNumber(text, out numbers[level]),
            });
        }

        var values = new double[column.Rows];
        for (var row = 0; row < values.Length; row++)
        {
            var code = column.Codes[row];
            values[row] = code < 0 ? double.NaN : numbers[code];
            if (code >= 0 && unreadable[code])
            {
                var expected = kind switch
                {
                    ColumnKind.Date => "a date written year-month-day",
                    ColumnKind.Boolean => "a word for yes or no",
                    _ => "a number with a decimal point",
                };
                throw new ArgumentException($"{Place(row, column, position)} holds \"{column.Levels[code]}\", which is not {expected}. Correct it, leave it empty, or name the column's kind as Category when fitting.");
            }
        }

        return values;
    }

    /// <summary>Texts of a column of any sort; missing texts are still among them.</summary>
    public static TextColumn Texts(Column column, int? position)
    {
        if (column is TextColumn texts)
            return texts;
        RequireFinite((NumericColumn)column, position);
        return TextColumn.FromNumbers(column.Name, ((NumericColumn)column).Values);
    }

    public static void RequireFinite(NumericColumn column, int? position)
    {
        var row = -1;
        for (var i = 0; i < column.Values.Length && row < 0; i++)
        {
            if (double.IsInfinity(column.Values[i]))
                row = i;
        }

        if (row >= 0)
            throw new ArgumentException($"{Place(row, column, position)} holds {column.Values[row].ToString(CultureInfo.InvariantCulture)}; every value must be a finite number or NaN for missing.");
    }

    public static string Place(int row, Column column, int? position) => position is { } at
        ? $"Row {row}, column {at} (\"{column.Name}\"; both counted from 0)"
        : $"Row {row} (counted from 0) of column \"{column.Name}\"";
}
