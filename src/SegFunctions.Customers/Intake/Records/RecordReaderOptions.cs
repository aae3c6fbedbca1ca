using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Encodings;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>What a mapping says about a file's form; null where the file's head decides.</summary>
public sealed record RecordReaderOptions
{
    public RecordFormat? Format { get; init; }

    public CsvDelimiter? Delimiter { get; init; }

    public bool? HasHeader { get; init; }

    public TextEncoding? Encoding { get; init; }

    /// <summary>Bytes of the longest record that is read; a longer one becomes a faulty record.</summary>
    public int MaximumRecordLength { get; init; } = new CsvReaderOptions().MaximumRecordLength;

    /// <summary>Fields of the widest record that is read; a wider one becomes a faulty record.</summary>
    public int MaximumFields { get; init; } = new CsvReaderOptions().MaximumFields;

    /// <summary>Bytes of input a batch holds at most, unless one record is longer. It never changes what is read.</summary>
    public int BlockSize { get; init; } = new CsvReaderOptions().BlockSize;
}
