using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Csv;

/// <summary>Writes a field of a record as a file with any delimiter would have it.</summary>
internal static class CsvField
{
    /// <summary>Adds the value, in quotes only where it needs them.</summary>
    public static void Add(ByteWriter line, ReadOnlySpan<byte> value, byte delimiter)
    {
        // Runs of blanks part fields without saying that there is one.
        if (value.Contains(delimiter) || value.IndexOfAny("\"\r\n"u8) >= 0 || (delimiter == (byte)CsvDelimiter.Whitespace && (value.IsEmpty || value.Contains((byte)'\t'))))
            CsvText.WriteQuoted(line, value);
        else
            line.Add(value);
    }
}
