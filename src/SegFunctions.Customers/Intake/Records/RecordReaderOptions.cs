using SegFunctions.Customers.Intake.Archives;
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

    /// <summary>The workbook's sheet, by its name or 1-based position.</summary>
    public string? Sheet { get; init; }

    /// <summary>The archive's file, by its name with or without folder.</summary>
    public string? Entry { get; init; }

    /// <summary>The array in a JSON document, by its dotted path.</summary>
    public string? ArrayPath { get; init; }

    /// <summary>Whether columns of these names are what is looked for; it chooses among several sheets or arrays. Null: any may be meant.</summary>
    public Func<IReadOnlyList<string>, bool>? Fits { get; init; }

    /// <summary>Whether fields of CSV lose the marks that keep spreadsheets from changing them, such as <c>="0042"</c>.</summary>
    public bool TakesMarksOff { get; init; }

    public ContentLimits Limits { get; init; } = new();

    /// <summary>Folder for content that must be kept while it is read.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>Bytes of the longest record that is read; a longer one becomes a faulty record.</summary>
    public int MaximumRecordLength { get; init; } = new CsvReaderOptions().MaximumRecordLength;

    /// <summary>Fields of the widest record that is read; a wider one becomes a faulty record.</summary>
    public int MaximumFields { get; init; } = new CsvReaderOptions().MaximumFields;

    /// <summary>Bytes of input a batch holds at most, unless one record is longer. It never changes what is read.</summary>
    public int BlockSize { get; init; } = new CsvReaderOptions().BlockSize;
}
