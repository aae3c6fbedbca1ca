namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>Names of cells: column 3 of row 17 is <c>D17</c>.</summary>
internal static class CellReference
{
    /// <summary>Reads <c>D17</c>; false when it names no cell that a sheet may have.</summary>
    /// <param name="column">0-based.</param>
    /// <param name="row">1-based.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out int column, out int row)
    {
        (column, row) = (0, 0);
        var at = 0;
        for (; at < text.Length && char.IsAsciiLetter(text[at]) && at < 4; at++)
            column = (column * 26) + (text[at] | 0x20) - 'a' + 1;
        var hasColumn = at > 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]) && row <= SheetLimits.Rows; at++)
            row = (row * 10) + text[at] - '0';
        column--;
        return hasColumn && at == text.Length && column < SheetLimits.Columns && row is >= 1 and <= SheetLimits.Rows;
    }

    /// <summary>Letters of the 0-based column.</summary>
    public static string Column(int column)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        return letters;
    }
}
