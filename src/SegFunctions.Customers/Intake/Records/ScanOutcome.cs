namespace SegFunctions.Customers.Intake.Records;

/// <summary>How far a scanner came in a block.</summary>
/// <param name="Consumed">First byte that belongs to no collected record.</param>
/// <param name="SkipsLine">The rest of the line at <paramref name="Consumed"/> belongs to a record that was given up.</param>
internal readonly record struct ScanOutcome(int Consumed, bool SkipsLine = false);
