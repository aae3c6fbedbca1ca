namespace SegFunctions.Customers.Intake.Csv;

/// <summary>What stands between two fields; the value is the byte itself.</summary>
public enum CsvDelimiter : byte
{
    Comma = (byte)',',
    Semicolon = (byte)';',
    Tab = (byte)'\t',
    Pipe = (byte)'|',

    /// <summary>A run of blanks and tabs; runs at the start and at the end of a line separate nothing.</summary>
    Whitespace = (byte)' ',
}
