using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>How a file of orders is read; columns by header or 1-based position, null where headers and values decide.</summary>
public sealed record PurchaseFileOptions
{
    public string? Customer { get; init; }

    public string? Date { get; init; }

    public string? Amount { get; init; }

    /// <summary>What is known of the file's form; its head decides the rest.</summary>
    public RecordReaderOptions Records { get; init; } = new();

    /// <summary>Records that decide which columns are meant and how they are written.</summary>
    public int SampleRecords { get; init; } = 10_000;
}
