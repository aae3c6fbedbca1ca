using System.Text;
using System.Text.Unicode;
using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Writes a refused row as a line of <c>quarantine.csv</c>.</summary>
/// <remarks>
/// Cells that a spreadsheet would run as a formula are guarded (<see cref="QuarantineCell"/>). A value is cut at 1,000 bytes and says so; the record stands whole under <c>raw</c>, up to 64 KiB.
/// </remarks>
internal static class QuarantineLine
{
    private const int LongestValue = 1000;

    public static ReadOnlySpan<byte> Header => "line,column,value,rule,severity,message,cure,raw\n"u8;

    public static void Write(ByteWriter output, long line, string column, ReadOnlySpan<byte> value, string rule, string message, string cure, ReadOnlySpan<byte> raw)
    {
        line.TryFormat(output.Reserve(20), out var digits);
        output.Advance(digits);
        output.Add((byte)',');
        WriteText(output, column);
        output.Add((byte)',');
        WriteValue(output, value);
        output.Add((byte)',');
        WriteText(output, rule);
        output.Add(",refuse,"u8);
        WriteText(output, message);
        output.Add((byte)',');
        WriteText(output, cure);
        output.Add((byte)',');
        WriteCell(output, raw);
        output.Add((byte)'\n');
    }

    private static void WriteText(ByteWriter output, string text)
    {
        var bytes = text.Length <= 256 ? stackalloc byte[3 * text.Length] : new byte[3 * text.Length];
        WriteCell(output, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <summary>Writes a row that was read from a quarantine as it stood there.</summary>
    public static void Write(ByteWriter output, QuarantineRow row) =>
        Write(output, row.Line, row.Column, Encoding.UTF8.GetBytes(row.Value), row.Rule, row.Message, row.Cure, Encoding.UTF8.GetBytes(row.Raw));

    private static void WriteValue(ByteWriter output, ReadOnlySpan<byte> value)
    {
        if (value.Length <= LongestValue)
        {
            WriteCell(output, value);
            return;
        }

        var end = LongestValue;
        while ((value[end] & 0xC0) == 0x80)
            end--;
        var shown = new byte[end + 64];
        value[..end].CopyTo(shown);
        var length = end + Encoding.UTF8.GetBytes($"… ({value.Length} bytes)", shown.AsSpan(end));
        WriteCell(output, shown.AsSpan(0, length));
    }

    private static void WriteCell(ByteWriter output, ReadOnlySpan<byte> text)
    {
        // What comes back must be text: bytes that are none (the very fault of some rows) show as replacement characters.
        if (text.Contains((byte)0) || !Utf8.IsValid(text))
            text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).Replace('\0', '\uFFFD'));
        if (!QuarantineCell.NeedsGuard(text))
        {
            CsvText.WritePlain(output, text);
            return;
        }

        var safe = text.Length < 1024 ? stackalloc byte[text.Length + 1] : new byte[text.Length + 1];
        safe[0] = (byte)'\'';
        text.CopyTo(safe[1..]);
        CsvText.WritePlain(output, safe);
    }
}
