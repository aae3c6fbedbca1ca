using System.Text;

namespace SegFunctions.Customers.Intake.Values;

/// <summary>Tells what a cell looks like, for judging a file's form.</summary>
internal static class CellKinds
{
    public const int Count = 5;

    private static readonly DateRules AnyYear = new() { FirstYear = 1, LastYear = 9999 };

    public static CellKind Of(string cell)
    {
        if (string.IsNullOrWhiteSpace(cell))
            return CellKind.Empty;
        if (cell.Length > 64)
            return CellKind.Text;
        Span<byte> bytes = stackalloc byte[64 * 3];
        ReadOnlySpan<byte> text = bytes[..Encoding.UTF8.GetBytes(cell, bytes)];

        // A number that both styles can read differently is a number all the same.
        if (NumberText.TryParse(text, DecimalStyle.Undecided, out _, out var fault) || fault is ValueFault.AmbiguousSeparator or ValueFault.TooLarge)
            return CellKind.Number;
        if (DateText.TryParse(text, AnyYear, out _, out fault) || fault is ValueFault.AmbiguousOrder)
            return CellKind.Date;
        var parts = default(DateParts);
        return DateText.TryParseTime(Blanks.Trim(text), ref parts) ? CellKind.Time : CellKind.Text;
    }

    /// <summary>The kind in words.</summary>
    public static string Plural(CellKind kind) => kind switch
    {
        CellKind.Number => "numbers",
        CellKind.Date => "dates",
        CellKind.Time => "times",
        _ => "texts",
    };
}
