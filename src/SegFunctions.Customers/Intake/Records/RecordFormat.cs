namespace SegFunctions.Customers.Intake.Records;

/// <summary>Formats that records are read from.</summary>
public enum RecordFormat
{
    Csv,

    /// <summary>One JSON object a line (NDJSON, JSON Lines).</summary>
    Ndjson,

    /// <summary>A JSON array of objects, alone or as the one array of an object.</summary>
    Json,

    /// <summary>A sheet of an Excel workbook.</summary>
    Xlsx,
}
