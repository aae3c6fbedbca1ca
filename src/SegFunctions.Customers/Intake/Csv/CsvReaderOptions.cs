namespace SegFunctions.Customers.Intake.Csv;

/// <summary>How a CSV file is written, and how much of it one record may take.</summary>
public sealed record CsvReaderOptions
{
#if DEBUG
    // So small that every test crosses block borders.
    private const int DefaultBlockSize = 512;
#else
    private const int DefaultBlockSize = (256 * 1024) - Records.BlockRecordReader.Padding;
#endif

    public CsvDelimiter Delimiter { get; init; } = CsvDelimiter.Comma;

    /// <summary>Whether the first record names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Whether fields lose the marks that keep spreadsheets from changing them, such as <c>="0042"</c>.</summary>
    public bool TakesMarksOff { get; init; }

    /// <summary>Number of the line that the text begins with; more than 1 where something in front of the table was passed over.</summary>
    public int FirstLine { get; init; } = 1;

    /// <summary>Bytes of the longest record that is read; a longer one becomes a faulty record. 1 to 2^28.</summary>
    public int MaximumRecordLength { get; init; } = 1024 * 1024;

    /// <summary>Fields of the widest record that is read; Excel writes no more than the default. A wider one becomes a faulty record.</summary>
    public int MaximumFields { get; init; } = 16_384;

    /// <summary>Bytes of input a batch holds at most, unless one record is longer. It never changes what is read.</summary>
    public int BlockSize { get; init; } = DefaultBlockSize;

    /// <summary>What the bytes were before they became UTF-8, for messages.</summary>
    public string EncodingName { get; init; } = "utf-8";
}
