namespace SegFunctions.Customers.Intake.Values;

/// <summary>What a cell looks like.</summary>
internal enum CellKind
{
    Empty,
    Text,
    Number,
    Date,
    Time,
}
