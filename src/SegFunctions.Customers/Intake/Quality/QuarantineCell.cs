namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Keeps spreadsheets from running a cell as a formula, and takes that back when the cell returns.</summary>
/// <remarks>
/// Spreadsheets run a cell that begins with <c>= + - @</c>, a tab or a line end; such a cell gets an apostrophe in front, plain negative numbers
/// excepted. A cell that looks guarded already gets one more, so that taking one off always gives back what was there.
/// </remarks>
internal static class QuarantineCell
{
    /// <summary>Whether the text must not stand in a spreadsheet as it is.</summary>
    public static bool NeedsGuard(ReadOnlySpan<byte> text)
    {
        var first = text.TrimStart((byte)'\'').TrimStart((byte)' ');
        return first.Length > 0 && "=+-@\t\r\n"u8.Contains(first[0]) && !IsNegativeNumber(text);
    }

    /// <summary>The text as it was before it was guarded.</summary>
    public static ReadOnlySpan<byte> Unguarded(ReadOnlySpan<byte> cell) =>
        cell.Length > 1 && cell[0] == '\'' && NeedsGuard(cell[1..]) ? cell[1..] : cell;

    private static bool IsNegativeNumber(ReadOnlySpan<byte> text) =>
        text.Length > 1 && text[0] == '-' && text[1..].IndexOfAnyExcept("0123456789.,"u8) < 0;
}
