using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Encodings;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>How a file is written, as the mapping says or its head shows.</summary>
public sealed record FileFormat
{
    public required RecordFormat Format { get; init; }

    public required bool IsGzip { get; init; }

    /// <summary>The archive's files that were read, one or several with the same columns; empty unless the file is a zip archive.</summary>
    public IReadOnlyList<string> Entries { get; init; } = [];

    /// <summary>The workbook's sheets that were read.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];

    public required TextEncoding Encoding { get; init; }

    /// <summary>Null unless the file is CSV.</summary>
    public CsvDelimiter? Delimiter { get; init; }

    /// <summary>Whether the first record names the columns; null for JSON.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Why each of these was decided, one sentence each, for the report.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }
}
