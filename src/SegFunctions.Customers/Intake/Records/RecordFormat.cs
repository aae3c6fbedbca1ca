namespace SegFunctions.Customers.Intake.Records;

/// <summary>Formats that records are read from.</summary>
public enum RecordFormat
{
    Csv,

    /// <summary>One JSON object a line (NDJSON, JSON Lines).</summary>
    Ndjson,
}
