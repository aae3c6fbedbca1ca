using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Intake.Tables;

/// <summary>How a file is read as a table.</summary>
public sealed record TableFileOptions
{
    /// <summary>What is known of the file's form; its head decides the rest.</summary>
    public RecordReaderOptions Records { get; init; } = new();

    /// <summary>Columns (header or 1-based position) that hold texts whatever they look like, exactly as they are: ids keep their leading zeros and their blanks.</summary>
    public IReadOnlyCollection<string> Texts { get; init; } = [];

    /// <summary>A table of the same columns: where this file leaves open how a column writes its decimals or the order of its dates, it is read as that one, by header.</summary>
    public FileTable? Like { get; init; }

    /// <summary>Records that decide how a column is read.</summary>
    public int SampleRecords { get; init; } = 10_000;

    /// <summary>Share of a column's values that must read as numbers (or dates) for it to be one of numbers (or dates); the rest is missing, and reported.</summary>
    public double ReadableShare { get; init; } = 0.95;
}
