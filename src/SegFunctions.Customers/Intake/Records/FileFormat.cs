using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Encodings;

namespace SegFunctions.Customers.Intake.Records;

/// <summary>How a file is written, as the mapping says or its head shows.</summary>
public sealed record FileFormat
{
    public required RecordFormat Format { get; init; }

    public required bool IsGzip { get; init; }

    public required TextEncoding Encoding { get; init; }

    /// <summary>Null for NDJSON.</summary>
    public CsvDelimiter? Delimiter { get; init; }

    /// <summary>Whether the first record names the columns; null for NDJSON.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Why each of these was decided, one sentence each, for the report.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }
}
