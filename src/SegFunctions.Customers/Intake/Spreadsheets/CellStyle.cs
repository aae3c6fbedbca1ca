namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>What a cell's number format says about the number in it.</summary>
internal enum CellStyle : byte
{
    Number,
    Percent,

    /// <summary>A day; a time of day only where the number has one.</summary>
    Date,

    /// <summary>A day with a time.</summary>
    DateTime,

    /// <summary>A time of day.</summary>
    Time,
}
