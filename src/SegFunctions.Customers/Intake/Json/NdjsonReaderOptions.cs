using SegFunctions.Customers.Intake.Csv;

namespace SegFunctions.Customers.Intake.Json;

/// <summary>How much of an NDJSON file one record may take.</summary>
public sealed record NdjsonReaderOptions
{
    /// <summary>Bytes of the longest line that is read; a longer one becomes a faulty record. 1 to 2^28.</summary>
    public int MaximumRecordLength { get; init; } = new CsvReaderOptions().MaximumRecordLength;

    /// <summary>Names that the file's objects may have together; an object with names beyond becomes a faulty record.</summary>
    public int MaximumFields { get; init; } = 4096;

    /// <summary>Objects within objects that are taken apart; deeper ones stay JSON text.</summary>
    public int MaximumDepth { get; init; } = 16;

    /// <summary>Bytes of input a batch holds at most, unless one record is longer. It never changes what is read.</summary>
    public int BlockSize { get; init; } = new CsvReaderOptions().BlockSize;

    /// <summary>What the bytes were before they became UTF-8, for messages.</summary>
    public string EncodingName { get; init; } = "utf-8";
}
